/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.store.SyncState.Person;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.Gate;
import io.passbridge.sync.Preview;
import io.passbridge.sync.Progress;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers as it was told and notes what was asked of it. */
final class FixedSynchronization implements Synchronization {
    final List<String> acts = new ArrayList<>();
    final List<String> names;
    final Map<Standing, Long> people =
            new HashMap<>(Map.of(Standing.IN_STEP, 9_990L, Standing.GONE, 4L));
    final List<Person> refused = new ArrayList<>();
    final List<Run> history = new ArrayList<>();
    final List<Run> meanwhile = new ArrayList<>();
    String pausedRoute = "";
    String result = "success";

    FixedSynchronization(String... names) {
        this.names = List.of(names);
    }

    Run run(String route) {
        Instant start = Instant.parse("2026-01-01T10:00:00Z");
        String reason = result.equals("failed") ? "source corp is away" : "";
        return new Run(
                7,
                route,
                true,
                start,
                Optional.of(start.plusSeconds(9)),
                result,
                10_000,
                9_990,
                5,
                2,
                3,
                reason);
    }

    @Override
    public List<RouteStatus> routes() {
        return names.stream()
                .map(
                        name ->
                                new RouteStatus(
                                        name,
                                        "corp",
                                        "cloud",
                                        "pph1",
                                        "PBKDF2",
                                        RouteStatus.Phase.IDLE,
                                        "",
                                        false,
                                        Optional.of(new Progress(5, 10, 2)),
                                        Optional.of(Instant.EPOCH),
                                        Optional.of(new Counts(people)),
                                        Optional.of(run(name)),
                                        Optional.empty(),
                                        Optional.of("server-1")))
                .toList();
    }

    @Override
    public Optional<RouteStatus> route(String name) {
        return routes().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    @Override
    public Run run(String route, RunRequest request, Consumer<Progress> progress)
            throws SyncException {
        if (route.equals(pausedRoute)) {
            throw new SyncException("route " + route + " cannot run now, it is paused");
        }
        acts.add("run " + route + (request.full() ? " full" : ""));
        history.addAll(meanwhile);
        progress.accept(new Progress(5_000, 10_000, 1_000));
        return run(route);
    }

    @Override
    public void pause(String route, String reason, String actor) {
        acts.add("pause " + route + ": " + reason);
    }

    @Override
    public void resume(String route, boolean allowDeletions, String actor) throws SyncException {
        if (!allowDeletions) {
            throw new SyncException("route " + route + " is not paused");
        }
        acts.add("resume " + route + " with deletions");
    }

    @Override
    public void activate(String route, String actor) {
        acts.add("activate " + route);
    }

    @Override
    public List<Run> history(String route, int limit) {
        return history.isEmpty() ? List.of(run("all")) : history;
    }

    @Override
    public PeoplePage people(String route, Standing standing, String after, int limit) {
        return new PeoplePage(standing == Standing.REFUSED ? refused : List.of(), "");
    }

    @Override
    public List<Explanation> explain(String user, String route) {
        return List.of(
                new Explanation(
                        "corp_cloud",
                        user,
                        "stopped at 'scope': left out",
                        List.of(new Gate("scope", Gate.Verdict.STOPPED, "left out"))));
    }

    @Override
    public int retry(String route, String user, String actor) {
        acts.add("retry " + route + " " + user);
        return 1;
    }

    @Override
    public Preview preview(String route, Map<String, String> with) {
        acts.add("preview " + route + " " + with);
        return preview(route, true);
    }

    @Override
    public Preview preview(String route, boolean full) {
        return new Preview(
                route,
                full,
                100,
                false,
                1_000_000,
                90,
                5,
                1,
                2,
                3,
                List.of("3 × left out"),
                Optional.of(Duration.ofHours(2)),
                Optional.of(Duration.ofHours(1)),
                Optional.of(Duration.ofHours(3)));
    }
}
