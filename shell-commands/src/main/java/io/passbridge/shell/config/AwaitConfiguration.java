/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.config;

import io.passbridge.configuration.ConfigurationCheck;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import io.passbridge.sync.Synchronization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code config:wait}: waits until the files of {@code etc/} are read. */
@Component(service = Command.class)
@GogoCommand(scope = "config", function = "wait")
public final class AwaitConfiguration extends Command {
    private static final Pattern ROUTE = Pattern.compile("io\\.passbridge\\.route-(.+)\\.cfg");
    private static final Pattern CONNECTOR =
            Pattern.compile("io\\.passbridge\\.connector\\.[^-]+-(.+)\\.cfg");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 100;

    /** What has been read is handed on by other threads. */
    private static final long SETTLE_MILLIS = 300;

    private final ConfigurationCheck configurations;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Synchronization> synchronizations = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<ConnectorRegistry> registries = new CopyOnWriteArrayList<>();

    /** What has been waited for. */
    record Done(List<String> files, List<String> refused) {}

    @Activate
    public AwaitConfiguration(@Reference ConfigurationCheck configurations) {
        super(
                Usage.of("config:wait", "wait until the files of etc/ are in force")
                        .details(
                                "A changed file is noticed within seconds. For scripts that write a"
                                        + " file and go on at once. Ends with 3 if one is read, but"
                                        + " refused.")
                        .option("--for", "LENGTH", "at most so long; 30s if not given")
                        .json()
                        .example("config:wait")
                        .example("config:wait --for 2m"));
        this.configurations = configurations;
    }

    @Override
    protected void run(Invocation call)
            throws Refused, PartlyDone, Misuse, IOException, InterruptedException {
        long end = System.nanoTime() + call.duration("--for").orElse(PATIENCE).toNanos();
        boolean waited = false;
        List<String> pending = pending();
        while (!pending.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new Refused(
                        "not in force yet: "
                                + String.join(", ", pending)
                                + "; config:check and doctor say what may be wrong");
            }
            waited = true;
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            pending = pending();
        }
        if (waited) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        }
        List<String> names =
                configurations.files().stream().map(file -> file.getFileName().toString()).toList();
        List<String> refused = refused();
        call.print(new Done(names, refused), "Every file of etc/ is read.");
        if (!refused.isEmpty()) {
            throw new PartlyDone(
                    "not in force, since something is wrong with it: "
                            + String.join(", ", refused)
                            + "; config:check says what");
        }
    }

    /** Read, but without effect: waiting longer would not help. */
    private List<String> refused() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Path file : configurations.files()) {
            if (configurations.check(file).stream()
                    .anyMatch(fault -> fault.severity() == Finding.Severity.ERROR)) {
                refused.add(file.getFileName().toString());
            }
        }
        return refused;
    }

    private List<String> pending() throws IOException {
        TreeSet<String> pending = new TreeSet<>();
        configurations.unread().forEach(file -> pending.add(file.getFileName().toString()));
        for (Path path : configurations.files()) {
            String file = path.getFileName().toString();
            Matcher route = ROUTE.matcher(file);
            Matcher connector = CONNECTOR.matcher(file);
            boolean missing =
                    route.matches()
                                    && synchronizations.stream()
                                            .anyMatch(s -> s.route(route.group(1)).isEmpty())
                            || connector.matches()
                                    && registries.stream()
                                            .anyMatch(r -> isComing(r, connector.group(1)));
            if (missing) {
                pending.add(file);
            }
        }
        return List.copyOf(pending);
    }

    private static boolean isComing(ConnectorRegistry registry, String instance) {
        return registry.instance(instance)
                .map(
                        status ->
                                status.phase() == Phase.DRAINING
                                        || status.phase() == Phase.NO_BUNDLE
                                                && isServed(registry, status.type()))
                .orElse(true);
    }

    /** Its bundle is there: the connector is about to be opened. */
    private static boolean isServed(ConnectorRegistry registry, String type) {
        return registry.types().stream().anyMatch(known -> known.type().equals(type));
    }
}
