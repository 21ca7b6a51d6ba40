/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.sync.Synchronization;
import java.time.Duration;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:history}: the latest runs. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "history")
public final class ListHistory extends Command {
    static final Table<Run> TABLE =
            Table.of(Run.class, "Nothing has been run yet.")
                    .column("ROUTE", Run::route)
                    .column("STARTED", Run::startedAt)
                    .minor("TOOK", ListHistory::took)
                    .minor("KIND", run -> run.full() ? "full" : "delta")
                    .column("RESULT", Run::result)
                    .number("READ", Run::read)
                    .number("WRITTEN", Run::applied)
                    .minorNumber("UNCHANGED", Run::unchanged)
                    .number("REFUSED", Run::failed)
                    .number("RETRIES", Run::retried)
                    .column("REASON", Run::reason);

    private final Synchronization synchronization;

    @Activate
    public ListHistory(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:history", "list the latest runs, newest first")
                        .details("Cycles that found nothing to do share one line.")
                        .optional("ROUTE", "only this route", () -> Routes.names(synchronization))
                        .option("--limit", "COUNT", "at most so many runs; 20 if not given")
                        .lists()
                        .example("sync:history corp_cloud --limit 5"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Misuse, Refused, StoreException {
        int limit = (int) call.number("--limit", 20, 1, 10_000);
        String route = call.optional(0).isPresent() ? Routes.one(synchronization, call) : "";
        call.print(synchronization.history(route, limit), TABLE);
    }

    private static Optional<Duration> took(Run run) {
        return run.endedAt().map(end -> Duration.between(run.startedAt(), end));
    }
}
