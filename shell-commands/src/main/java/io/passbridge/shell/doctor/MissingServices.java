/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Finds out why components do not run. A component waits for a service, whose component waits for
 * another one; only the end of each such chain can be acted on, so everything that waits is
 * reported under the root that it waits for.
 */
final class MissingServices {
    private static final Root LOCKED =
            new Root(
                    "key set",
                    "is locked",
                    "unlock it with keys:unlock; keys:status says why it is locked");

    private static final String UNLOCKED = "io.passbridge.keys.Unlocked";

    /** There while the store is open; the store's own inspector says why it is not. */
    private static final String OPEN_STORE = "io.passbridge.store.jdbc.Database";

    private static final int MOST_NAMED = 4;

    private final Collection<ComponentDescriptionDTO> components;
    private final Function<ComponentDescriptionDTO, Collection<ComponentConfigurationDTO>> states;
    private final LongFunction<String> bundleName;
    private final Map<Root, Set<String>> waiting =
            new TreeMap<>(java.util.Comparator.comparing(Root::text));

    private boolean storeIsClosed;

    /** What is missing at the end of a chain. */
    private record Root(String subject, String text, String remedy) {}

    MissingServices(
            Collection<ComponentDescriptionDTO> components,
            Function<ComponentDescriptionDTO, Collection<ComponentConfigurationDTO>> states,
            LongFunction<String> bundleName) {
        this.components = components;
        this.states = states;
        this.bundleName = bundleName;
    }

    List<Finding> findings() {
        int running = 0;
        for (ComponentDescriptionDTO component : components) {
            for (ComponentConfigurationDTO state : states.apply(component)) {
                if (works(state)) {
                    running++;
                } else if (state.state != ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
                    trace(component, state, component, new LinkedHashSet<>());
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        if (storeIsClosed) {
            // a key set may be locked for want of the store, and says so itself
            waiting.remove(LOCKED);
        }
        waiting.forEach(
                (root, names) ->
                        findings.add(
                                Finding.error(
                                        root.subject(),
                                        root.text() + affected(names),
                                        root.remedy())));
        if (findings.isEmpty() && !storeIsClosed) {
            findings.add(Finding.ok("components", "all " + running + " components run"));
        }
        return findings;
    }

    private static boolean works(ComponentConfigurationDTO state) {
        return state.state == ComponentConfigurationDTO.SATISFIED
                || state.state == ComponentConfigurationDTO.ACTIVE;
    }

    private void trace(
            ComponentDescriptionDTO component,
            ComponentConfigurationDTO state,
            ComponentDescriptionDTO victim,
            Set<String> path) {
        if (state.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            report(
                    new Root(
                            component.name,
                            "failed to start: " + firstLine(state.failure),
                            "mend what the message says; the log has the details"),
                    component,
                    victim);
            return;
        }
        for (UnsatisfiedReferenceDTO missing : state.unsatisfiedReferences) {
            traceReference(component, missing, victim, path);
        }
    }

    private void traceReference(
            ComponentDescriptionDTO component,
            UnsatisfiedReferenceDTO missing,
            ComponentDescriptionDTO victim,
            Set<String> path) {
        String service = interfaceOf(component, missing.name);
        if (!path.add(service)) {
            report(
                    new Root(
                            service,
                            "components wait for each other: " + String.join(" -> ", path),
                            "report this: it is a fault of the platform"),
                    component,
                    victim);
            return;
        }
        List<ComponentDescriptionDTO> providers =
                components.stream()
                        .filter(c -> List.of(c.serviceInterfaces).contains(service))
                        .toList();
        if (service.equals(OPEN_STORE)) {
            storeIsClosed = true;
        } else if (providers.isEmpty() || missing.target != null && !missing.target.isEmpty()) {
            report(nobodyProvides(service, missing.target), component, victim);
        }
        for (ComponentDescriptionDTO provider : providers) {
            Collection<ComponentConfigurationDTO> found = states.apply(provider);
            if (!provider.defaultEnabled && found.isEmpty()) {
                report(
                        new Root(
                                provider.name,
                                "is disabled",
                                "enable it: scr:enable " + provider.name),
                        provider,
                        victim);
            } else if (found.isEmpty() || found.stream().anyMatch(MissingServices::unconfigured)) {
                report(unconfigured(provider), provider, victim);
            } else {
                found.stream()
                        .filter(state -> !works(state))
                        .forEach(state -> trace(provider, state, victim, path));
            }
        }
        path.remove(service);
    }

    private static boolean unconfigured(ComponentConfigurationDTO state) {
        return state.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION;
    }

    private static Root unconfigured(ComponentDescriptionDTO provider) {
        String pid =
                provider.configurationPid.length == 0
                        ? provider.name
                        : provider.configurationPid[0];
        return new Root(
                provider.name,
                "has no configuration",
                "put a file etc/" + pid + ".cfg in place (factories: " + pid + "-NAME.cfg)");
    }

    private static Root nobodyProvides(String service, String target) {
        if (service.equals(UNLOCKED)) {
            return LOCKED;
        }
        String which = target == null || target.isEmpty() ? "" : " with " + target;
        return new Root(
                service,
                "no bundle provides this service" + which,
                "put a bundle that provides it into deploy/, or see in lb which bundle is stopped");
    }

    private void report(
            Root root, ComponentDescriptionDTO component, ComponentDescriptionDTO victim) {
        Set<String> names = waiting.computeIfAbsent(root, r -> new TreeSet<>());
        if (!victim.name.equals(root.subject())) {
            names.add(victim.name);
        }
        if (component != victim && !component.name.equals(root.subject())) {
            names.add(component.name);
        }
    }

    private String affected(Set<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        Map<String, Long> bundles = new TreeMap<>();
        for (ComponentDescriptionDTO component : components) {
            if (names.contains(component.name)) {
                bundles.merge(bundleName.apply(component.bundle.id), 1L, Long::sum);
            }
        }
        List<String> shown = new ArrayList<>();
        bundles.forEach((bundle, count) -> shown.add(count + " of " + bundle));
        String some =
                names.size() <= MOST_NAMED ? String.join(", ", names) : String.join(", ", shown);
        return "; therefore not running: " + some;
    }

    private static String interfaceOf(ComponentDescriptionDTO component, String reference) {
        return Arrays.stream(component.references)
                .filter(r -> r.name.equals(reference))
                .map((ReferenceDTO r) -> r.interfaceName)
                .findFirst()
                .orElse(reference);
    }

    private static String firstLine(String failure) {
        return failure == null ? "no reason given" : failure.lines().findFirst().orElse("");
    }
}
