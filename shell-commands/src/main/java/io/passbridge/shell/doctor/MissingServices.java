/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
                    "",
                    "key set",
                    "is locked",
                    "unlock it with keys:unlock; keys:status says why it is locked");

    /** There while the key set is open; what tells about it is there also while it is locked. */
    private static final String UNLOCKED = "io.passbridge.keys.Unlocked";

    private static final String KEY_SET = "io.passbridge.keys.KeySetView";

    /** There while the store is open; the store's own inspector says why it is not. */
    private static final String OPEN_STORE = "io.passbridge.store.jdbc.database.Database";

    /** What an exception's text begins with: its class. */
    private static final String CAUSE = "Caused by: ";

    private static final Pattern EXCEPTION =
            Pattern.compile("\\A(?:[\\w$]+\\.)*[\\w$]+(?:Exception|Error)(?:: |\\z)");

    private final Collection<ComponentDescriptionDTO> components;
    private final Function<ComponentDescriptionDTO, Collection<ComponentConfigurationDTO>> states;
    private final LongFunction<String> bundleName;
    private final Map<Root, Set<String>> waiting =
            new TreeMap<>(Comparator.comparing(Root::text).thenComparing(Root::id));

    /** Services that nobody provides, with their words, and what waits for them. */
    private final Map<String, String> missing = new TreeMap<>();

    private final Set<String> waitingForMissing = new TreeSet<>();
    private boolean storeIsClosed;

    /**
     * What is missing at the end of a chain.
     *
     * @param id the component or service; not for people, who are told what it belongs to
     */
    private record Root(String id, String subject, String text, String remedy) {}

    /**
     * @param bundleName the name of a bundle as people know it
     */
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
        if (!missing.isEmpty()) {
            findings.add(nobodyProvides());
        }
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
                            part(component),
                            "failed to start: " + reason(state.failure),
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
                            inWords(service),
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
            reportMissing(service, missing.target, component, victim);
        }
        for (ComponentDescriptionDTO provider : providers) {
            Collection<ComponentConfigurationDTO> found = states.apply(provider);
            if (!provider.defaultEnabled && found.isEmpty()) {
                report(
                        new Root(
                                provider.name,
                                part(provider),
                                "a part of it is disabled",
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

    private Root unconfigured(ComponentDescriptionDTO provider) {
        String pid =
                provider.configurationPid.length == 0
                        ? provider.name
                        : provider.configurationPid[0];
        return new Root(
                provider.name,
                part(provider),
                "has no configuration",
                "put a file etc/" + pid + ".cfg in place (factories: " + pid + "-NAME.cfg)");
    }

    private void reportMissing(
            String service,
            String target,
            ComponentDescriptionDTO component,
            ComponentDescriptionDTO victim) {
        if (service.equals(UNLOCKED) && provided(KEY_SET)) {
            report(LOCKED, component, victim);
            return;
        }
        String which = target == null || target.isEmpty() ? "" : " with " + target;
        missing.put(service + which, inWords(service));
        waitingForMissing.add(victim.name);
        waitingForMissing.add(component.name);
    }

    private boolean provided(String service) {
        return components.stream().anyMatch(c -> List.of(c.serviceInterfaces).contains(service));
    }

    /** One bundle that is away takes several services with it: one finding for all of them. */
    private Finding nobodyProvides() {
        return Finding.error(
                missing.size() == 1 ? missing.values().iterator().next() : "services",
                "no bundle provides "
                        + String.join(", ", new TreeSet<>(missing.values()))
                        + affected(waitingForMissing),
                "see in lb which bundle is stopped, or put one into deploy/ that provides "
                        + String.join(", ", missing.keySet()));
    }

    private void report(
            Root root, ComponentDescriptionDTO component, ComponentDescriptionDTO victim) {
        Set<String> names = waiting.computeIfAbsent(root, r -> new TreeSet<>());
        if (!victim.name.equals(root.id())) {
            names.add(victim.name);
        }
        if (component != victim && !component.name.equals(root.id())) {
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
                bundles.merge(part(component), 1L, Long::sum);
            }
        }
        List<String> shown = new ArrayList<>();
        bundles.forEach(
                (bundle, parts) ->
                        shown.add(parts == 1 ? bundle : bundle + " (" + parts + " parts)"));
        return "; therefore not running: " + String.join(", ", shown);
    }

    /** A component as people know it: by its bundle. */
    private String part(ComponentDescriptionDTO component) {
        return bundleName.apply(component.bundle.id);
    }

    /** {@code io.passbridge.store.SyncState} as {@code sync state}. */
    private static String inWords(String service) {
        return service.substring(service.lastIndexOf('.') + 1)
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static String interfaceOf(ComponentDescriptionDTO component, String reference) {
        return Arrays.stream(component.references)
                .filter(r -> r.name.equals(reference))
                .map((ReferenceDTO r) -> r.interfaceName)
                .findFirst()
                .orElse(reference);
    }

    /** A constructor's failure comes packed up in others that have nothing to say. */
    private static String reason(String failure) {
        List<String> lines = failure == null ? List.of() : failure.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> i == 0 || lines.get(i).startsWith(CAUSE))
                .mapToObj(i -> lines.get(i).replaceFirst("^" + CAUSE, ""))
                .map(line -> EXCEPTION.matcher(line).replaceFirst(""))
                .filter(told -> !told.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }
}
