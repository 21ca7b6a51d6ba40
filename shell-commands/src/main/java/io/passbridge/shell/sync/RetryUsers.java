/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
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

/** {@code sync:retry}: makes retries due now. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "retry")
public final class RetryUsers extends Command {
    private final Synchronization synchronization;

    /** What was done. */
    record Done(String route, int users) {}

    @Activate
    public RetryUsers(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:retry", "make queued retries due now, or retry one user")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .option(
                                "--user",
                                "USER",
                                "a user to read and write again, whether or not it is queued")
                        .json()
                        .example("sync:retry")
                        .example("sync:retry corp_cloud --user anna"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, SyncException, InterruptedException {
        String route = Routes.one(synchronization, call);
        int users =
                synchronization.retry(
                        route, call.option("--user").orElse(""), Actor.ofThisProcess());
        call.print(
                new Done(route, users),
                users == 0
                        ? "Nobody waits in the retry queue of route " + route + "."
                        : Finding.count(users, "user is", "users are") + " tried again now.");
    }
}
