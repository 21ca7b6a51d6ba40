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
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code sync:activate}: switches a staging route on, or brings one that another server runs to
 * this one.
 */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "activate")
public final class ActivateRoute extends Command {
    private final Synchronization synchronization;

    /** What is or would be done. */
    record Done(String route, boolean done) {}

    @Activate
    public ActivateRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:activate", "switch a route on, or bring it here from another server")
                        .details(
                                "Of a route that is off or staging, changes 'state' in its"
                                        + " configuration file to 'on'. A route that another server"
                                        + " on the same store runs is brought to this server, which"
                                        + " keeps it for as long as it runs; the other one ends the"
                                        + " page it is writing first.")
                        .optional(
                                "ROUTE",
                                "the route; not needed if there is but one",
                                () -> Routes.names(synchronization))
                        .flag("--all", "bring every route here that this server can run")
                        .dangerous()
                        .json()
                        .example("sync:activate corp_cloud")
                        .example("sync:activate --all --yes"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, SyncException, InterruptedException {
        if (call.has("--all")) {
            bring(call, "", "Every route that this server can run will be run by it.", "all");
            return;
        }
        String route = Routes.one(synchronization, call);
        Optional<RouteStatus> elsewhere =
                synchronization.route(route).filter(s -> s.phase() == RouteStatus.Phase.STANDBY);
        if (elsewhere.isPresent()) {
            String plan =
                    "Route %s will be run by this server in place of %s."
                            .formatted(route, elsewhere.get().leaseHolder().orElse("another"));
            bring(call, route, plan, route);
            return;
        }
        String plan = "Route " + route + " will begin to write to its target.";
        if (call.dryRun()) {
            call.print(new Done(route, false), plan);
            return;
        }
        call.confirm(plan, route);
        synchronization.activate(route, Actor.ofThisProcess());
        call.print(new Done(route, true), "Route " + route + " is on.");
    }

    private void bring(Invocation call, String route, String plan, String word)
            throws Refused, SyncException, InterruptedException {
        if (call.dryRun()) {
            call.print(new Done(route, false), plan);
            return;
        }
        call.confirm(plan, word);
        List<String> missing = synchronization.bringHere(route, Actor.ofThisProcess());
        call.print(
                new Done(route, missing.isEmpty()),
                missing.isEmpty()
                        ? (route.isEmpty() ? "Every route" : "Route " + route)
                                + " is run by this server."
                        : "The other server ends what it is doing first; then there come: "
                                + String.join(", ", missing)
                                + ". sync:status tells.");
    }
}
