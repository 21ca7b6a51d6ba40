/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.ConnectorException;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Pause;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.RouteWork;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.cycle.RouteParts;
import io.passbridge.sync.cycle.RouteRun;
import io.passbridge.sync.page.RouteEvents;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RoutePauses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one run of a route after the other, records each, and says when the next is due. */
final class RunConduct {
    /** The shortest time between two runs of which the first left something over. */
    static final Duration CALM = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RunConduct.class);

    private final RouteParts parts;
    private final String name;
    private final RoutePauses pauses;
    private final FullRuns fullRuns;
    private final FailureStreak failures;
    private final DeletionPermit deletions;
    private final Arrival arrival;
    private final RunRecorder recorder;
    private final FailureNotes notes;
    private final WorkTally work = new WorkTally();
    private volatile RouteRun current;

    RunConduct(
            RouteParts parts,
            RoutePauses pauses,
            FullRuns fullRuns,
            FailureStreak failures,
            DeletionPermit deletions,
            Arrival arrival) {
        this.parts = parts;
        this.name = parts.settings().name();
        this.pauses = pauses;
        this.fullRuns = fullRuns;
        this.failures = failures;
        this.deletions = deletions;
        this.arrival = arrival;
        this.recorder = new RunRecorder(name, parts.platform().history(), parts.platform().clock());
        this.notes = new FailureNotes(name, parts.journal(), parts.platform().clock());
    }

    /** The run that is under way. */
    Optional<RouteRun> current() {
        return Optional.ofNullable(current);
    }

    /** What the runs have done so far. */
    RouteWork work() {
        return work.of(name);
    }

    /**
     * Runs, and gives each ticket its answer.
     *
     * @return when the next run is due
     */
    Duration run(List<RunTicket> tickets) {
        try {
            Optional<String> hindrance = hindrance();
            if (hindrance.isPresent()) {
                tickets.forEach(ticket -> ticket.refuse(hindrance.get()));
                return parts.settings().limits().cycle();
            }
            return unhindered(tickets);
        } catch (RuntimeException | Error e) {
            LOG.error("route {}: the engine failed", name, e);
            tickets.forEach(ticket -> ticket.refuse("route " + name + ": " + e));
            return parts.settings().limits().cycle();
        } finally {
            current = null;
        }
    }

    private Optional<String> hindrance() {
        Optional<String> paused =
                pauses.of(name).map(p -> "route %s is paused: %s".formatted(name, p.reason()));
        try {
            recorder.under(parts.lease().token());
            return paused;
        } catch (CycleFailure e) {
            return paused.or(() -> Optional.of("this server stands by: " + e.getMessage()));
        }
    }

    private Duration unhindered(List<RunTicket> tickets) {
        boolean full = tickets.stream().anyMatch(t -> t.request().full());
        boolean allow = tickets.stream().anyMatch(t -> t.request().allowDeletions());
        RouteRun run =
                new RouteRun(
                        parts,
                        new RouteRun.Instruction(full, leave(allow)),
                        new RunTally(recorder::record));
        current = run;
        work.begun(run);
        Arrival.Ends before = arrival.ends();
        recorder.begin(full);
        Optional<CycleFailure> failure = execute(run);
        Run record = recorder.end(run.tally().sum(), failure, leftOut());
        work.ended(record);
        Duration delay = failure.map(f -> failed(run, f, before)).orElseGet(() -> succeeded(run));
        tickets.forEach(ticket -> ticket.run().complete(record));
        return delay;
    }

    private OptionalLong leave(boolean any) {
        return any
                ? OptionalLong.of(DeletionLeave.ANY)
                : deletions
                        .given()
                        .map(leave -> OptionalLong.of(leave.most()))
                        .orElse(OptionalLong.empty());
    }

    private Optional<CycleFailure> execute(RouteRun run) {
        try {
            run.execute(() -> begun(run));
            return Optional.empty();
        } catch (CycleFailure e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            return Optional.of(new CycleFailure(CycleFailure.Kind.STOPPED, "stopped"));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("route {}: a connector or scheme failed in an unforeseen way", name, e);
            return Optional.of(
                    new CycleFailure(
                            CycleFailure.Kind.SOURCE,
                            ConnectorException.Kind.PLUGIN_FAULT,
                            "unforeseen: " + e));
        }
    }

    private void begun(RouteRun run) {
        recorder.begin(run.full());
        if (run.full()) {
            fullRuns.begun(name);
        }
    }

    private long leftOut() {
        try {
            return parts.platform().state().counts(name).leftOut();
        } catch (StoreException e) {
            return 0;
        }
    }

    private Duration succeeded(RouteRun run) {
        failures.end();
        deletions.use();
        notes.succeeded();
        if (run.full()) {
            fullRuns.completed(name, RouteEvents.numbers(run.tally().sum()));
        }
        return untilNextRetry();
    }

    private Duration failed(RouteRun run, CycleFailure failure, Arrival.Ends before) {
        if (isSwap(before)) {
            LOG.info("route {}: an end was swapped: {}", name, failure.getMessage());
        } else {
            notes.failed(failure, run.full());
        }
        return switch (failure.kind()) {
            case STOPPED, FENCED -> parts.settings().limits().cycle();
            case DELETIONS -> {
                pauseForDeletions(failure.getMessage());
                yield failures.add(failure, now());
            }
            case SOURCE, EXPIRED, TARGET, DIGEST, LEGACY, STORE, CONFIGURATION ->
                    failures.add(failure, now());
        };
    }

    /**
     * An end went away under the run; if the next run fails too, that is not all there is to it.
     */
    private boolean isSwap(Arrival.Ends before) {
        return !failures.isRunning() && (arrival.isAwaited() || arrival.ends().openedSince(before));
    }

    private void pauseForDeletions(String reason) {
        try {
            pauses.pause(name, new Pause(now(), reason, true));
        } catch (SyncException e) {
            LOG.error("{}", e.getMessage());
        }
        parts.journal().note(EventType.SYNC_PAUSED, Map.of(Fact.REASON, reason));
    }

    private Duration untilNextRetry() {
        Duration cycle = parts.settings().limits().cycle();
        Instant now = now();
        try {
            List<Retry> first = parts.platform().state().dueRetries(name, now.plus(cycle), 1);
            if (first.isEmpty()) {
                return cycle;
            }
            Duration due = Duration.between(now, first.get(0).dueAt());
            return due.compareTo(CALM) < 0 ? CALM : due.compareTo(cycle) > 0 ? cycle : due;
        } catch (StoreException e) {
            return cycle;
        }
    }

    private Instant now() {
        return parts.platform().clock().instant();
    }
}
