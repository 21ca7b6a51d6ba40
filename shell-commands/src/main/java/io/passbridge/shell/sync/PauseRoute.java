/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.event.Actor;
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

/** {@code sync:pause}: stops a route until it is resumed. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "pause")
public final class PauseRoute extends Command {
    private final Synchronization synchronization;

    /** What was done. */
    record Done(String route, String reason) {}

    @Activate
    public PauseRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:pause", "stop a route until it is resumed")
                        .details(
                                "The page that is being written is finished; nothing is lost."
                                        + " Survives a restart.")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .option("--reason", "TEXT", "why, for the journal and the status")
                        .json()
                        .example("sync:pause corp_cloud --reason 'migration of the directory'"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, SyncException {
        String route = Routes.one(synchronization, call);
        String reason = call.option("--reason").orElse("");
        synchronization.pause(route, reason, Actor.ofThisProcess());
        call.print(new Done(route, reason), "Route " + route + " was paused.");
    }
}
