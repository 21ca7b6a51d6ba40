/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.platform;

import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.KeySetView;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.KeysLocked;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code platform}: what runs here, since when, and whether its key set is open. */
@Component(service = Command.class)
@GogoCommand(scope = "passbridge", function = "platform")
public final class ShowPlatform extends Command {
    private static final Sheet<State> SHEET =
            Sheet.of(State.class)
                    .line("State", State::state)
                    .line("Cause", State::cause)
                    .line("Remedy", State::remedy)
                    .line("Version", State::version)
                    .line("Process", State::pid)
                    .line("Started", State::started)
                    .line("Uptime", State::uptime)
                    .line("Bundles", s -> s.bundlesActive() + " of " + s.bundles() + " active")
                    .line("Java", State::java)
                    .line("Configuration", State::etc)
                    .line("Data", State::data);

    private static final String NO_KEYS = "locked: the service that holds it is not there";

    private final BundleContext context;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<KeySetView> keySets = new CopyOnWriteArrayList<>();

    /** Whether cycles can run. */
    enum Keys {
        UNLOCKED,
        LOCKED
    }

    record State(
            Keys state,
            String cause,
            String remedy,
            String version,
            long pid,
            Instant started,
            Duration uptime,
            int bundles,
            long bundlesActive,
            String java,
            Optional<Path> etc,
            Optional<Path> data) {}

    @Activate
    public ShowPlatform(BundleContext context) {
        super(
                Usage.of("platform", "show what runs here, and whether its key set is open")
                        .details("Ends with 5 if the key set is locked.")
                        .json()
                        .example("platform --json"));
        this.context = context;
    }

    @Override
    protected void run(Invocation call) throws KeysLocked {
        Bundle[] bundles = context.getBundles();
        ProcessHandle process = ProcessHandle.current();
        Instant started = process.info().startInstant().orElse(Instant.EPOCH);
        Optional<KeySetStatus> status = keySets.stream().findFirst().map(KeySetView::status);
        boolean unlocked = status.map(KeySetStatus::unlocked).orElse(false);
        String cause = unlocked ? "" : status.map(KeySetStatus::text).orElse(NO_KEYS);
        String remedy = unlocked ? "" : status.map(KeySetStatus::remedy).orElse("doctor says why");
        call.print(
                new State(
                        unlocked ? Keys.UNLOCKED : Keys.LOCKED,
                        cause,
                        remedy,
                        Optional.ofNullable(context.getProperty("passbridge.version"))
                                .orElse("embedded"),
                        process.pid(),
                        started,
                        Duration.between(started, Instant.now()),
                        bundles.length,
                        Arrays.stream(bundles).filter(ShowPlatform::runs).count(),
                        System.getProperty("java.vm.version"),
                        folder("passbridge.etc"),
                        folder("passbridge.data")),
                SHEET);
        if (!unlocked) {
            throw new KeysLocked(
                    "no password is synchronised: the key set is %s. Remedy: %s"
                            .formatted(cause, remedy));
        }
    }

    private static boolean runs(Bundle bundle) {
        boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
        return bundle.getState() == Bundle.ACTIVE
                || fragment && bundle.getState() == Bundle.RESOLVED;
    }

    private Optional<Path> folder(String property) {
        return Optional.ofNullable(context.getProperty(property)).map(Path::of);
    }
}
