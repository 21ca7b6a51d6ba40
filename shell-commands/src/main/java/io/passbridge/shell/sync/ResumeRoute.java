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

    /** What was done. */
    record Done(String route) {}

    @Activate
    public ResumeRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:resume", "let a paused route go on")
                        .details(
                                "If the deletion threshold had paused the route, this allows the"
                                        + " deletions that it stopped.")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .json()
                        .example("sync:resume corp_cloud"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, SyncException {
        String route = Routes.one(synchronization, call);
        synchronization.resume(route, Routes.actor());
        call.print(new Done(route), "Route " + route + " was resumed.");
    }
}
