/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Latencies;
import io.passbridge.store.Parity;
import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.store.SyncState.Person;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.Gate;
import io.passbridge.sync.ParityReport;
import io.passbridge.sync.ParityReport.Unproven;
import io.passbridge.sync.PlannedChange;
import io.passbridge.sync.PlannedChange.Kind;
import io.passbridge.sync.Preview;
import io.passbridge.sync.Progress;
import io.passbridge.sync.Promptness;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SealedExport;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import io.passbridge.sync.VerifyRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    Optional<DeletionLeave> leave = Optional.empty();
    Promptness promptness = Promptness.of(Latencies.NONE, Optional.empty());
    String pausedRoute = "";
    String running = "";
    List<String> servers = List.of("server-1");
    RouteStatus.Phase phase = RouteStatus.Phase.IDLE;
    Result result = Result.SUCCESS;
    long toSend = 90;
    private int told;
    Optional<Duration> likely = Optional.of(Duration.ofHours(2));

    FixedSynchronization(String... names) {
        this.names = List.of(names);
    }

    Run run(String route) {
        Instant start = Instant.parse("2026-01-01T10:00:00Z").plusSeconds(told++);
        String reason = result == Result.FAILED ? "source corp is away" : "";
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
                                        phase,
                                        "",
                                        false,
                                        Optional.of(new Progress(5, 10, 2)),
                                        Optional.of(Instant.EPOCH),
                                        Optional.of(new Counts(people)),
                                        Optional.of(run(name)),
                                        Optional.empty(),
                                        leave,
                                        Optional.of(promptness),
                                        Optional.of("server-1"),
                                        Optional.empty()))
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
    public void checkResume(String route, Optional<DeletionLeave> deletions) throws SyncException {
        if (deletions.isEmpty() || route.equals(running)) {
            throw new SyncException("route " + route + " is not paused");
        }
    }

    @Override
    public void resume(String route, Optional<DeletionLeave> deletions, String actor)
            throws SyncException {
        checkResume(route, deletions);
        leave = deletions;
        acts.add("resume " + route + " with deletions");
    }

    @Override
    public void activate(String route, String actor) {
        acts.add("activate " + route);
    }

    @Override
    public List<String> servers() {
        return servers;
    }

    @Override
    public List<String> bringHere(String route, String actor) {
        acts.add("bring " + route);
        return List.of();
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
    public Map<String, String> names(String route, Collection<String> anchors) {
        return anchors.contains("user1") ? Map.of("user1", "anna") : Map.of();
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

    List<String> leftOut = List.of();

    @Override
    public SealedExport exportSealed(
            String route, Path file, String actor, Consumer<Progress> progress)
            throws SyncException {
        if (route.equals(pausedRoute)) {
            throw new SyncException("route " + route + " sends digests, which are not sealed");
        }
        acts.add("export " + route + " to " + file.getFileName());
        progress.accept(new Progress(20, 20, 1_000));
        return new SealedExport(route, file, new UUID(1, 2), 20, 19, 3, leftOut.size(), leftOut);
    }

    final Map<Parity, Long> parity = new EnumMap<>(Map.of(Parity.SAME, 298L));
    final List<Unproven> doubts = new ArrayList<>();

    @Override
    public ParityReport verify(String route, VerifyRequest request, Consumer<Progress> progress) {
        acts.add(
                "verify "
                        + route
                        + (request.repair() ? " and repair" : "")
                        + (request.sample().isPresent() ? " " + request.sample().getAsInt() : ""));
        return new ParityReport(
                route,
                Instant.EPOCH,
                Instant.EPOCH,
                9_990,
                parity,
                request.repair() ? 2 : 0,
                doubts);
    }

    @Override
    public List<Doubt> doubts(String route, String after, int limit) {
        return List.of(new Doubt(new SourceAnchor("user1"), Parity.ABSENT, "gone", Instant.EPOCH));
    }

    @Override
    public Preview preview(String route, Map<String, String> with) {
        acts.add("preview " + route + " " + with);
        return preview(route, true);
    }

    private static PlannedChange planned(String user, Kind kind, String reason) {
        return new PlannedChange("anchor-of-" + user, user, kind, reason);
    }

    @Override
    public Preview preview(String route, boolean full) {
        return new Preview(
                route,
                full,
                100,
                false,
                1_000_000,
                toSend,
                5,
                1,
                "more than deletionThreshold",
                2,
                3,
                List.of("3 × left out"),
                List.of(
                        planned("anna", Kind.DELETE, "deleted at the source"),
                        planned("bert", Kind.CREATE, "new on this route"),
                        planned("carl", Kind.DISABLE, "disabled")),
                likely,
                likely.map(length -> length.dividedBy(2)),
                likely.map(length -> length.multipliedBy(2)),
                "");
    }
}
