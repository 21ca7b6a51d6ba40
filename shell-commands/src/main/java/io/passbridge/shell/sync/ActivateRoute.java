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

/** {@code sync:activate}: switches a staging route on. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "activate")
public final class ActivateRoute extends Command {
    private final Synchronization synchronization;

    /** What is or would be done. */
    record Done(String route, boolean done) {}

    @Activate
    public ActivateRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:activate", "switch a route on that is off or staging")
                        .details("Changes 'state' in the route's configuration file to 'on'.")
                        .argument("ROUTE", "the route", () -> Routes.names(synchronization))
                        .dangerous()
                        .json()
                        .example("sync:activate corp_cloud"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, SyncException {
        String route = Routes.one(synchronization, call);
        String plan = "Route " + route + " will begin to write to its target.";
        if (call.dryRun()) {
            call.print(new Done(route, false), plan);
            return;
        }
        call.confirm(plan, route);
        synchronization.activate(route, Routes.actor());
        call.print(new Done(route, true), "Route " + route + " is on.");
    }
}
