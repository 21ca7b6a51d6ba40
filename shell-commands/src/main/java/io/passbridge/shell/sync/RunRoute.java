/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.event.Actor;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Progress;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:run}: runs a cycle now and waits for its end. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "run")
public final class RunRoute extends Command {
    private static final int LOOK_BACK = 20;

    private final Synchronization synchronization;

    @Activate
    public RunRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:run", "run a cycle now and wait for its end")
                        .details(
                                "Runs every route if none is named. A delta cycle reads what has"
                                        + " changed since the watermark; a full one reads every"
                                        + " user and asks the target about each. A run that was"
                                        + " under way is waited for, and another one is run.")
                        .optional("ROUTE", "only this route", () -> Routes.names(synchronization))
                        .flag("--full", "read every user")
                        .flag(
                                "--allow-deletions",
                                "carry out more deletions than the route's limits permit, in this"
                                        + " run only; asks")
                        .flag("--yes", "do not ask")
                        .json()
                        .example("sync:run")
                        .example("sync:run corp_cloud --full"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Misuse, Refused, PartlyDone, SyncException {
        RunRequest request =
                new RunRequest(
                        call.has("--full"), call.has("--allow-deletions"), Actor.ofThisProcess());
        List<Run> runs = new ArrayList<>();
        List<String> routes = Routes.several(synchronization, call);
        if (request.allowDeletions()) {
            confirmDeletions(call, routes);
        }
        for (String route : routes) {
            try (Progress bar = call.progress("route " + route)) {
                long known = latestEnded(route);
                Run asked =
                        synchronization.run(
                                route,
                                request,
                                progress -> {
                                    bar.total(progress.expected());
                                    bar.done(progress.done());
                                });
                runs.addAll(endedBetween(route, known, asked));
                runs.add(asked);
            } catch (SyncException refused) {
                if (routes.size() == 1) {
                    throw refused;
                }
                runs.add(didNotRun(route, request, refused.getMessage()));
            } catch (InterruptedException stopped) {
                throw new Refused(goesOn(route), stopped);
            }
        }
        call.print(runs, ListHistory.TABLE);
        conclude(runs);
    }

    private static void confirmDeletions(Invocation call, List<String> routes)
            throws Misuse, Refused {
        if (routes.size() > 1) {
            throw new Misuse(
                    "--allow-deletions is for one route; name it: " + String.join(", ", routes));
        }
        String route = routes.get(0);
        call.confirm(
                "Route %1$s will delete however many users its source has no more; sync:preview %1$s shows them."
                        .formatted(route),
                route);
    }

    private long latestEnded(String route) {
        return history(route).stream()
                .filter(run -> run.endedAt().isPresent())
                .mapToLong(Run::id)
                .max()
                .orElse(-1);
    }

    /** Runs that were under way or due already, and that the one asked for came after. */
    private List<Run> endedBetween(String route, long known, Run asked) {
        return history(route).stream()
                .filter(run -> run.endedAt().isPresent())
                .filter(run -> run.id() > known && run.id() < asked.id())
                .sorted(Comparator.comparingLong(Run::id))
                .toList();
    }

    /** What the history does not tell must not keep a run from being told. */
    private List<Run> history(String route) {
        try {
            return synchronization.history(route, LOOK_BACK);
        } catch (StoreException e) {
            return List.of();
        }
    }

    /** One route that cannot run keeps none of the others from it. */
    private static Run didNotRun(String route, RunRequest request, String reason) {
        Instant now = Instant.now();
        return new Run(
                0,
                route,
                request.full(),
                now,
                Optional.of(now),
                Result.FAILED,
                0,
                0,
                0,
                0,
                0,
                reason);
    }

    private static String goesOn(String route) {
        return "no longer waiting: the run of route %1$s goes on. sync:status --watch shows it,"
                        .formatted(route)
                + " sync:pause %1$s stops it, sync:history tells how it ended".formatted(route);
    }

    private static void conclude(List<Run> runs) throws Refused, PartlyDone {
        List<Run> failed = runs.stream().filter(r -> r.result() == Result.FAILED).toList();
        if (failed.isEmpty() && runs.stream().allMatch(r -> r.result() == Result.SUCCESS)) {
            return;
        }
        if (failed.size() == runs.size()) {
            throw new Refused("the run failed: " + failed.get(0).reason());
        }
        throw failed.isEmpty()
                ? new PartlyDone(
                        "some users are not in step; sync:explain USER and sync:history say why")
                : new PartlyDone(
                        "route %s failed: %s"
                                .formatted(failed.get(0).route(), failed.get(0).reason()));
    }
}
