/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.configuration.ConfigurationEditor;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.Pause;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.Progress;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.engine.LeaseKeeper;
import io.passbridge.sync.engine.RouteRunner;
import io.passbridge.sync.engine.RunTicket;
import io.passbridge.sync.engine.SyncEngine;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RoutePauses;
import io.passbridge.sync.route.RouteSettings;
import io.passbridge.sync.route.Words;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What people ask of routes. Each act is journalled before it takes effect. */
final class Administration {
    private static final Set<Phase> CAN_RUN =
            EnumSet.of(Phase.IDLE, Phase.RUNNING, Phase.FAILING, Phase.STANDBY);

    private static final Duration TAKE_LEASE = Duration.ofSeconds(10);

    private final EngineServices platform;

    /** Why nothing is exported, where the cause is somebody else's to tell. */
    static final String NO_ENGINE =
            "no cycle can run now, because the engine is not there; doctor says why";

    private final RoutePauses pauses;
    private final ConfigurationEditor configurations;
    private final LeaseHolder holders;

    Administration(
            EngineServices platform,
            RoutePauses pauses,
            ConfigurationEditor configurations,
            LeaseHolder holders) {
        this.holders = holders;
        this.platform = platform;
        this.pauses = pauses;
        this.configurations = configurations;
    }

    private JournalWriter journal(String route) {
        return new JournalWriter(platform.journal(), route);
    }

    Run run(
            RouteStatus status,
            Optional<SyncEngine> engine,
            RunRequest request,
            Consumer<Progress> progress)
            throws SyncException, InterruptedException {
        String name = status.name();
        Optional<Pause> pause = pauses.of(name);
        boolean lifts = request.allowDeletions() && pause.map(Pause::deletions).orElse(false);
        RouteRunner runner = engine.flatMap(e -> e.runner(name)).orElse(null);
        if (runner == null || !CAN_RUN.contains(status.phase()) && !lifts) {
            throw new SyncException(
                    "route %s cannot run now, it is %s: %s"
                            .formatted(name, Words.of(status.phase()), status.reason()));
        }
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.KIND, request.full() ? "full" : "delta");
        facts.put(Fact.ALLOW_DELETIONS, "" + request.allowDeletions());
        journal(name).act(EventType.RUN_REQUESTED, request.actor(), facts);
        if (lifts) {
            pauses.resume(name);
        }
        awaitLease(engine.orElseThrow().lease(), name);
        return await(runner, runner.request(RunTicket.of(request)), progress);
    }

    /** A platform that has just started takes a moment to get the lease. */
    private static void awaitLease(LeaseKeeper lease, String route) throws InterruptedException {
        long end = System.nanoTime() + TAKE_LEASE.toNanos();
        while (!lease.holds(route) && lease.isUndecided(route) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Run await(RouteRunner runner, RunTicket ticket, Consumer<Progress> progress)
            throws SyncException, InterruptedException {
        while (true) {
            try {
                Run run = ticket.run().get(200, TimeUnit.MILLISECONDS);
                progress.accept(new Progress(run.read(), run.read(), 0));
                return run;
            } catch (TimeoutException e) {
                runner.progress().ifPresent(progress);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SyncException refused) {
                    throw refused;
                }
                throw new SyncException("the run failed: " + e.getCause(), e.getCause());
            }
        }
    }

    /** What is written of a route is for the server to say that runs it. */
    private void requireNoOtherServer(RouteSettings settings) throws SyncException {
        try {
            Optional<String> other = holders.of(settings.name());
            if (other.isPresent()) {
                throw new SyncException(
                        "nothing was changed: server %s runs route %s from the store that this server shares with it; do it there"
                                .formatted(other.get(), settings.name()));
            }
        } catch (StoreException e) {
            throw new SyncException("the store does not answer: " + e.getMessage(), e);
        }
    }

    void pause(RouteSettings settings, String reason, String actor) throws SyncException {
        requireNoOtherServer(settings);
        String words = reason.isBlank() ? "paused by " + actor : reason;
        journal(settings.name()).act(EventType.SYNC_PAUSED, actor, Map.of(Fact.REASON, words));
        pauses.pause(settings.name(), new Pause(platform.clock().instant(), words, false));
    }

    /** The pause that can be lifted so. */
    Pause checkResume(RouteSettings settings, Optional<DeletionLeave> deletions)
            throws SyncException {
        requireNoOtherServer(settings);
        Pause pause =
                pauses.of(settings.name())
                        .orElseThrow(
                                () ->
                                        new SyncException(
                                                "route %s is not paused"
                                                        .formatted(settings.name())));
        if (pause.deletions() && deletions.isEmpty()) {
            throw new SyncException(
                    "route %s was paused because %s. Look at sync:preview %s; 'sync:resume %s --allow-deletions' carries them out"
                            .formatted(
                                    settings.name(),
                                    pause.reason(),
                                    settings.name(),
                                    settings.name()));
        }
        return pause;
    }

    void resume(
            RouteSettings settings,
            Optional<SyncEngine> engine,
            Optional<DeletionLeave> deletions,
            String actor)
            throws SyncException {
        Pause pause = checkResume(settings, deletions);
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.WAS_PAUSED, pause.reason());
        facts.put(Fact.ALLOW_DELETIONS, "" + deletions.isPresent());
        deletions.ifPresent(
                leave -> {
                    facts.put(
                            Fact.MOST,
                            leave.most() == DeletionLeave.ANY ? "any" : "" + leave.most());
                    facts.put(Fact.UNTIL, "" + leave.until());
                });
        journal(settings.name()).act(EventType.SYNC_RESUMED, actor, facts);
        Optional<RouteRunner> runner = engine.flatMap(e -> e.runner(settings.name()));
        deletions.ifPresent(leave -> runner.ifPresent(r -> r.allowDeletions(leave)));
        pauses.resume(settings.name());
        runner.ifPresent(r -> r.wake(Duration.ZERO));
    }

    void activate(RouteSettings settings, String actor) throws SyncException {
        if (settings.state() == RouteSettings.State.ON) {
            throw new SyncException("route %s is on already".formatted(settings.name()));
        }
        journal(settings.name()).act(EventType.ROUTE_ACTIVATED, actor, Map.of());
        try {
            configurations.set(settings.fileName(), "state", "on");
        } catch (IOException e) {
            throw new SyncException(
                    "route %s cannot be set to 'state = on': %s"
                            .formatted(settings.name(), e.getMessage()),
                    e);
        }
    }

    int retryAll(RouteSettings settings, Optional<SyncEngine> engine, String actor)
            throws SyncException {
        requireNoOtherServer(settings);
        journal(settings.name()).act(EventType.RETRY_REQUESTED, actor, Map.of());
        try {
            int due = platform.state().retryNow(settings.name());
            engine.flatMap(e -> e.runner(settings.name())).ifPresent(RouteRunner::signalled);
            return due;
        } catch (StoreException e) {
            throw new SyncException("the retry queue cannot be changed: " + e.getMessage(), e);
        }
    }

    int retry(
            RouteSettings settings,
            Optional<SyncEngine> engine,
            List<SourceAnchor> users,
            String actor)
            throws SyncException {
        if (engine.isEmpty()) {
            throw new SyncException(NO_ENGINE);
        }
        journal(settings.name())
                .act(EventType.RETRY_REQUESTED, actor, Map.of(Fact.USERS, users.toString()));
        Instant now = platform.clock().instant();
        try {
            Map<SourceAnchor, UserState> known = platform.state().users(settings.name(), users);
            List<Retry> retries =
                    users.stream()
                            .map(a -> new Retry(a, newest(known.get(a)), 0, now, "asked for"))
                            .toList();
            long token = engine.get().lease().token(settings.name());
            platform.state()
                    .commit(
                            new PageCommit(
                                    settings.name(), token, Optional.empty(), List.of(), retries));
        } catch (CycleFailure | StoreException e) {
            throw new SyncException("the users cannot be queued: " + e.getMessage(), e);
        }
        engine.get().runner(settings.name()).ifPresent(RouteRunner::signalled);
        return users.size();
    }

    private static ChangeVersion newest(UserState known) {
        return known == null ? ChangeVersion.NONE : known.version();
    }
}
