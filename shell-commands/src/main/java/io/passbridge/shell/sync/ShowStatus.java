/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.Progress;
import io.passbridge.sync.Promptness;
import io.passbridge.sync.RouteProof;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.Synchronization;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:status}: the routes and how they stand. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "status")
public final class ShowStatus extends Command {
    private static final long WATCH_MILLIS = 1_000;

    private static final Table<RouteStatus> TABLE = withPeople(withRoute());

    /** Where several servers share the routes. */
    private static final Table<RouteStatus> SHARED =
            withPeople(
                    withRoute()
                            .column("SERVER", status -> status.leaseHolder().orElse("none yet")));

    private static Table<RouteStatus> withRoute() {
        return Table.of(
                        RouteStatus.class,
                        "No route is configured. Put a file io.passbridge.route-NAME.cfg into"
                                + " etc/.")
                .column("ROUTE", RouteStatus::name)
                .minor("SOURCE", RouteStatus::source)
                .minor("TARGET", RouteStatus::target)
                .minor("DIGEST", RouteStatus::digest)
                .column("STATE", RouteStatus::phase);
    }

    private static Table<RouteStatus> withPeople(Table<RouteStatus> table) {
        return table.number("PEOPLE", ShowStatus::seen)
                .number("IN STEP", people(Standing.IN_STEP))
                .number("WAITING", people(Standing.WAITING))
                .number("REFUSED", people(Standing.REFUSED))
                .number("UNUSABLE", people(Standing.UNUSABLE))
                .minorNumber("OUTSIDE", people(Standing.OUTSIDE))
                .minor("P99", prompt(Promptness::p99))
                .minor(
                        "OBJECTIVE",
                        status ->
                                status.promptness()
                                        .filter(p -> p.objective().isPresent())
                                        .map(ShowStatus::objective))
                .minorNumber("DOUBTFUL", ShowStatus::doubtful)
                .minor("PROVEN", status -> status.proof().flatMap(RouteProof::since))
                .minor("LAST RUN", status -> status.lastRun().flatMap(Run::endedAt))
                .column("RESULT", ShowStatus::result)
                .column("DETAIL", RouteStatus::reason);
    }

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
                    .number("people", ShowStatus::seen)
                    .number("in step", people(Standing.IN_STEP))
                    .number("waiting", people(Standing.WAITING))
                    .number("refused", people(Standing.REFUSED))
                    .number("unusable", people(Standing.UNUSABLE))
                    .number("outside", people(Standing.OUTSIDE))
                    .line("last run", status -> status.lastRun().map(Run::startedAt))
                    .line("result", ShowStatus::result)
                    .line("reason", status -> status.lastRun().map(Run::reason))
                    .line("next run", RouteStatus::nextRun)
                    .number(
                            "changes in 24 hours",
                            status ->
                                    status.promptness().<Object>map(Promptness::changes).orElse(""))
                    .line("half within", prompt(Promptness::p50))
                    .line("95 % within", prompt(Promptness::p95))
                    .line("99 % within", prompt(Promptness::p99))
                    .line("objective", prompt(Promptness::objective))
                    .line(
                            "objective is",
                            status ->
                                    status.promptness()
                                            .filter(p -> p.objective().isPresent())
                                            .map(ShowStatus::objective))
                    .line("deletions allowed", ShowStatus::deletions)
                    .line("server", RouteStatus::leaseHolder)
                    .line("proven since", status -> status.proof().flatMap(RouteProof::since))
                    .line("proven until", status -> status.proof().flatMap(RouteProof::until))
                    .number("doubtful", ShowStatus::doubtful)
                    .line("not compared", status -> status.proof().map(RouteProof::hindrance));

    private final Synchronization synchronization;

    @Activate
    public ShowStatus(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:status", "show the routes and how they stand")
                        .optional(
                                "ROUTE",
                                "show all about this route",
                                () -> Routes.names(synchronization))
                        .flag("--watch", "show it again whenever it changes, until Ctrl-C")
                        .option("--for", "LENGTH", "with --watch: end after so long")
                        .lists()
                        .example("sync:status")
                        .example("sync:status --watch")
                        .example("sync:status corp_cloud --json"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, Misuse {
        if (!call.has("--watch")) {
            show(call);
            return;
        }
        Optional<Duration> length = call.duration("--for");
        long start = System.nanoTime();
        List<Object> shown = List.of();
        try {
            while (length.isEmpty() || System.nanoTime() - start < length.get().toNanos()) {
                List<Object> now =
                        synchronization.routes().stream().map(ShowStatus::notable).toList();
                if (!now.equals(shown)) {
                    shown = now;
                    show(call);
                }
                TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
            }
        } catch (InterruptedException e) {
            call.remark("No longer watching; what runs goes on.");
        }
    }

    /** What a change of is worth being shown again. */
    private static Object notable(RouteStatus status) {
        return Arrays.asList(
                status.name(),
                status.phase(),
                status.reason(),
                status.counts(),
                status.lastRun().map(run -> List.of(run.result(), run.reason())),
                status.progress());
    }

    private void show(Invocation call) throws Refused {
        if (call.optional(0).isEmpty()) {
            call.print(synchronization.routes(), isShared() ? SHARED : TABLE);
            return;
        }
        String name = Routes.one(synchronization, call);
        RouteStatus status =
                synchronization
                        .route(name)
                        .orElseThrow(() -> new Refused("route " + name + " has just gone"));
        call.print(status, SHEET);
    }

    private boolean isShared() {
        try {
            return synchronization.servers().size() > 1;
        } catch (StoreException e) {
            return false;
        }
    }

    private static Function<RouteStatus, Object> people(Standing standing) {
        return status -> status.counts().<Object>map(counts -> counts.of(standing)).orElse("");
    }

    private static Object seen(RouteStatus status) {
        return status.counts().<Object>map(Counts::seen).orElse("");
    }

    /** Of whom it is not known that the target holds what the source holds. */
    private static Object doubtful(RouteStatus status) {
        return status.proof()
                .<Object>map(
                        proof -> proof.doubts().values().stream().mapToLong(Long::longValue).sum())
                .orElse("");
    }

    /** Who was left out by an earlier run is still left out. */
    private static Optional<Result> result(RouteStatus status) {
        boolean leftOut = status.counts().map(Counts::leftOut).orElse(0L) > 0;
        return status.lastRun()
                .map(Run::result)
                .map(result -> leftOut && result == Result.SUCCESS ? Result.PARTLY : result);
    }

    private static String progress(RouteStatus status) {
        Optional<Progress> progress = status.progress();
        if (progress.isEmpty()) {
            return "";
        }
        long expected = progress.get().expected();
        return (expected < 0
                        ? Finding.count(progress.get().done(), "user", "users")
                        : progress.get().done() + " of " + Finding.count(expected, "user", "users"))
                + ", "
                + Math.round(progress.get().perSecond())
                + " a second";
    }

    private static Function<RouteStatus, Object> prompt(
            Function<Promptness, Optional<Duration>> of) {
        return status -> status.promptness().flatMap(of);
    }

    private static String objective(Promptness of) {
        return of.missed() ? "missed" : of.changes() == 0 ? "nothing to judge" : "met";
    }

    private static Optional<String> deletions(RouteStatus status) {
        return status.deletions()
                .map(
                        leave ->
                                (leave.most() == DeletionLeave.ANY
                                                ? "any number"
                                                : String.valueOf(leave.most()))
                                        + " in the next run, until "
                                        + leave.until().truncatedTo(ChronoUnit.SECONDS));
    }
}
