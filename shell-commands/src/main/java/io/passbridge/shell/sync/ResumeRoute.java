/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:resume}: lets a paused route go on. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "resume")
public final class ResumeRoute extends Command {
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
                                        + " leave ends with the next run that succeeds, or after"
                                        + " an hour.")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .flag("--allow-deletions", "carry out the deletions that were stopped")
                        .dangerous()
                        .json()
                        .example("sync:resume corp_cloud")
                        .example("sync:resume corp_cloud --allow-deletions"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, SyncException {
        String route = Routes.one(synchronization, call);
        boolean allow = call.has("--allow-deletions");
        String plan =
                allow
                        ? "Route %s will carry out the deletions that its threshold stopped."
                                .formatted(route)
                        : "Route %s will go on.".formatted(route);
        if (call.dryRun()) {
            call.print(new Done(route, false), plan);
            return;
        }
        if (allow) {
            call.confirm(plan, route);
        }
        synchronization.resume(route, allow, Routes.actor());
        call.print(new Done(route, true), "Route " + route + " was resumed.");
    }
}
