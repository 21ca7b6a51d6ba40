/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.event.Actor;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:resume}: lets a paused route go on. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "resume")
public final class ResumeRoute extends Command {
    private static final Duration USUAL = Duration.ofHours(1);

    private final Synchronization synchronization;

    /** What is or would be done. */
    record Done(String route, boolean done) {}

    @Activate
    public ResumeRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:resume", "let a paused route go on")
                        .details(
                                "A route that its deletion threshold has paused needs"
                                        + " --allow-deletions: look at sync:preview first. The"
                                        + " leave ends with the next run that succeeds, after an"
                                        + " hour or what --for says, and when the platform stops;"
                                        + " sync:status shows it.")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .flag("--allow-deletions", "carry out the deletions that were stopped")
                        .option("--most", "COUNT", "with it: no more than so many in one run")
                        .option("--for", "LENGTH", "with it: so long, as in 30m; 1h if not given")
                        .dangerous()
                        .json()
                        .example("sync:resume corp_cloud")
                        .example("sync:resume corp_cloud --allow-deletions --most 800"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Misuse, Refused, SyncException {
        String route = Routes.one(synchronization, call);
        Optional<DeletionLeave> leave = leave(call);
        synchronization.checkResume(route, leave);
        String plan =
                leave.isPresent()
                        ? "Route %s will carry out the deletions that its threshold stopped%s."
                                .formatted(route, limits(leave.get()))
                        : "Route %s will go on.".formatted(route);
        if (call.dryRun()) {
            call.print(new Done(route, false), plan);
            return;
        }
        if (leave.isPresent()) {
            call.confirm(plan, route);
        }
        synchronization.resume(route, leave, Actor.ofThisProcess());
        call.print(new Done(route, true), "Route " + route + " was resumed.");
    }

    private static Optional<DeletionLeave> leave(Invocation call) throws Misuse {
        boolean limited = call.option("--most").isPresent() || call.option("--for").isPresent();
        if (!call.has("--allow-deletions")) {
            if (limited) {
                throw new Misuse("--most and --for go with --allow-deletions");
            }
            return Optional.empty();
        }
        long most =
                call.option("--most").isPresent()
                        ? call.number("--most", 0, 0, Integer.MAX_VALUE)
                        : DeletionLeave.ANY;
        Instant until = Instant.now().plus(call.duration("--for").orElse(USUAL));
        return Optional.of(new DeletionLeave(most, until));
    }

    private static String limits(DeletionLeave leave) {
        return (leave.most() == DeletionLeave.ANY ? "" : ", at most " + leave.most())
                + ", until "
                + leave.until().truncatedTo(ChronoUnit.SECONDS);
    }
}
