/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.Progress;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.Synchronization;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:status}: the routes and how they stand. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "status")
public final class ShowStatus extends Command {
    private static final Table<RouteStatus> TABLE =
            Table.of(
                            RouteStatus.class,
                            "No route is configured. Put a file io.passbridge.route-NAME.cfg into"
                                    + " etc/.")
                    .column("ROUTE", RouteStatus::name)
                    .column("SOURCE", RouteStatus::source)
                    .column("TARGET", RouteStatus::target)
                    .column("DIGEST", RouteStatus::digest)
                    .column("STATE", RouteStatus::phase)
                    .number("IN STEP", ShowStatus::inStep)
                    .number("RETRIES", ShowStatus::retries)
                    .column("LAST RUN", status -> status.lastRun().flatMap(Run::endedAt))
                    .column("RESULT", status -> status.lastRun().map(Run::result))
                    .column("DETAIL", RouteStatus::reason);

    private static final Sheet<RouteStatus> SHEET =
            Sheet.of(RouteStatus.class)
                    .line("route", RouteStatus::name)
                    .line("source", RouteStatus::source)
                    .line("target", RouteStatus::target)
                    .line("digest", RouteStatus::digest)
                    .line("parameters", RouteStatus::digestParameters)
                    .line("state", RouteStatus::phase)
                    .line("detail", RouteStatus::reason)
                    .line("full run", status -> status.fullRun() ? "under way or owed" : "done")
                    .line("progress", ShowStatus::progress)
                    .line("watermark stored", RouteStatus::positionAt)
                    .line("users", ShowStatus::outcomes)
                    .number("retries", ShowStatus::retries)
                    .line("last run", status -> status.lastRun().map(Run::startedAt))
                    .line("result", status -> status.lastRun().map(Run::result))
                    .line("reason", status -> status.lastRun().map(Run::reason))
                    .line("next run", RouteStatus::nextRun)
                    .line("exporting server", RouteStatus::leaseHolder);

    private final Synchronization synchronization;

    @Activate
    public ShowStatus(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:status", "show the routes and how they stand")
                        .optional(
                                "ROUTE",
                                "show all about this route",
                                () -> Routes.names(synchronization))
                        .json()
                        .example("sync:status")
                        .example("sync:status corp_cloud --json"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused {
        if (call.optional(0).isEmpty()) {
            call.print(synchronization.routes(), TABLE);
            return;
        }
        String name = Routes.one(synchronization, call);
        RouteStatus status =
                synchronization
                        .route(name)
                        .orElseThrow(() -> new Refused("route " + name + " has just gone"));
        call.print(status, SHEET);
    }

    private static Object retries(RouteStatus status) {
        return status.counts().<Object>map(counts -> counts.retries()).orElse("");
    }

    private static Object inStep(RouteStatus status) {
        return status.counts()
                .<Object>map(
                        counts ->
                                counts.users().getOrDefault(Outcome.APPLIED, 0L)
                                        + counts.users().getOrDefault(Outcome.ALREADY, 0L))
                .orElse("");
    }

    private static String outcomes(RouteStatus status) {
        return status.counts().map(c -> c.users()).orElse(Map.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getValue() + " " + word(e.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static String progress(RouteStatus status) {
        Optional<Progress> progress = status.progress();
        if (progress.isEmpty()) {
            return "";
        }
        long expected = progress.get().expected();
        return progress.get().done()
                + (expected < 0 ? "" : " of " + expected)
                + " users, "
                + Math.round(progress.get().perSecond())
                + " a second";
    }
}
