/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Pause;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.sync.Progress;
import io.passbridge.sync.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the cycles of one route, one at a time: when they are due, signalled, or asked for. */
final class RouteRunner {
    static final Duration DEBOUNCE = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(RouteRunner.class);
    private static final Duration LEAVE = Duration.ofHours(1);
    private static final Duration CALM = Duration.ofSeconds(1);

    private final RouteParts parts;
    private final String name;
    private final RoutePauses pauses;
    private final FullRuns fullRuns;
    private final ScheduledExecutorService timer;
    private final RunRecorder recorder;
    private final FailureNotes notes;
    private final Backoff backoff;
    private final List<RunTicket> tickets = new ArrayList<>();
    private ScheduledFuture<?> next;
    private Instant nextAt;
    private RouteRun current;
    private Future<?> running;
    private CountDownLatch ended;
    private boolean again;
    private Instant deletionsAllowedUntil = Instant.MIN;
    private boolean stopped;
    private int failures;
    private String failure = "";

    RouteRunner(
            RouteParts parts,
            RoutePauses pauses,
            FullRuns fullRuns,
            ScheduledExecutorService timer,
            Backoff backoff) {
        this.parts = parts;
        this.name = parts.settings().name();
        this.pauses = pauses;
        this.fullRuns = fullRuns;
        this.timer = timer;
        this.backoff = backoff;
        this.recorder = new RunRecorder(name, parts.platform().history(), parts.platform().clock());
        this.notes = new FailureNotes(name, parts.journal(), parts.platform().clock());
    }

    RouteSettings settings() {
        return parts.settings();
    }

    void start() {
        recorder.recover();
        parts.journal().note(EventType.SYNC_STARTING, Map.of());
        wake(Duration.ZERO);
    }

    /** Something may be there to read; many calls within a moment lead to one cycle. */
    synchronized void signalled() {
        wake(failures > 0 ? CALM : DEBOUNCE);
    }

    /** An instance of the route became usable. */
    synchronized void instanceReady() {
        if (running == null && failures > 0) {
            wake(CALM);
        }
    }

    synchronized void wake(Duration delay) {
        if (stopped) {
            return;
        }
        if (running != null) {
            again = true;
            return;
        }
        Instant at = parts.platform().clock().instant().plus(delay);
        if (next != null && nextAt.compareTo(at) <= 0) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextAt = at;
        next = timer.schedule(this::launch, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a cycle as soon as the running one, if there is one, has ended. */
    synchronized RunTicket request(RunTicket ticket) {
        if (stopped) {
            ticket.refuse("route " + name + " is being stopped");
            return ticket;
        }
        tickets.add(ticket);
        wake(Duration.ZERO);
        return ticket;
    }

    /** The operator has seen why the threshold stopped the run; leave that is not used ends. */
    synchronized void allowDeletions() {
        deletionsAllowedUntil = parts.platform().clock().instant().plus(LEAVE);
    }

    private boolean deletionsAllowed() {
        return parts.platform().clock().instant().isBefore(deletionsAllowedUntil);
    }

    private synchronized void launch() {
        if (stopped || running != null) {
            return;
        }
        next = null;
        nextAt = null;
        again = false;
        List<RunTicket> mine = List.copyOf(tickets);
        tickets.clear();
        CountDownLatch latch = new CountDownLatch(1);
        ended = latch;
        FutureTask<Void> task = new FutureTask<>(() -> go(mine), null);
        running = task;
        parts.threads()
                .execute(
                        () -> {
                            try {
                                task.run();
                            } finally {
                                latch.countDown();
                            }
                        });
    }

    private void go(List<RunTicket> mine) {
        Duration delay = parts.settings().cycle();
        Ends before = ends();
        try {
            Optional<String> hindrance = hindrance();
            if (hindrance.isPresent()) {
                mine.forEach(ticket -> ticket.refuse(hindrance.get()));
            } else {
                delay = run(mine);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("route {}: the engine failed", name, e);
            mine.forEach(ticket -> ticket.refuse("route " + name + ": " + e));
        } finally {
            synchronized (this) {
                running = null;
                current = null;
                if (failures > 0 && ends().openedSince(before) && delay.compareTo(CALM) > 0) {
                    delay = CALM;
                }
                boolean soon = again || !tickets.isEmpty();
                wake(soon && failures == 0 ? DEBOUNCE : tickets.isEmpty() ? delay : Duration.ZERO);
            }
        }
    }

    private Ends ends() {
        return new Ends(
                parts.platform().connectors().session(parts.settings().source()),
                parts.platform().connectors().session(parts.settings().target()));
    }

    /**
     * The sessions of both ends. A run that failed because an end was swapped under it need not
     * wait as long as one that failed by itself.
     */
    private record Ends(long source, long target) {
        boolean openedSince(Ends before) {
            return source != 0 && target != 0 && !equals(before);
        }
    }

    private Optional<String> hindrance() {
        Optional<String> paused =
                pauses.of(name).map(p -> "route %s is paused: %s".formatted(name, p.reason()));
        return paused.or(
                () -> {
                    try {
                        parts.lease().token();
                        return Optional.empty();
                    } catch (CycleFailure e) {
                        return Optional.of("this server stands by: " + e.getMessage());
                    }
                });
    }

    private Duration run(List<RunTicket> mine) {
        boolean full = mine.stream().anyMatch(t -> t.request().full());
        boolean allow = mine.stream().anyMatch(t -> t.request().allowDeletions());
        RouteRun run;
        synchronized (this) {
            run =
                    new RouteRun(
                            parts,
                            new RouteRun.Instruction(full, allow || deletionsAllowed()),
                            new RunTally(recorder::progress));
            current = run;
        }
        recorder.begin(full);
        CycleFailure failed = null;
        try {
            run.execute(() -> begun(run));
        } catch (CycleFailure e) {
            failed = e;
        } catch (InterruptedException e) {
            failed = new CycleFailure(CycleFailure.Kind.STOPPED, "stopped");
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("route {}: a connector or scheme failed in an unforeseen way", name, e);
            failed = new CycleFailure(CycleFailure.Kind.SOURCE, "unforeseen: " + e);
        }
        Run record =
                recorder.end(
                        run.tally().sum(), failed == null ? "" : failed.getMessage(), leftOut());
        Duration delay = conclude(run, failed);
        mine.forEach(ticket -> ticket.run().complete(record));
        return delay;
    }

    private long leftOut() {
        try {
            return parts.platform().state().counts(name).leftOut();
        } catch (StoreException e) {
            return 0;
        }
    }

    private void begun(RouteRun run) {
        recorder.begin(run.full());
        if (run.full()) {
            fullRuns.begun(name);
        }
    }

    private Duration conclude(RouteRun run, CycleFailure failed) {
        if (failed == null) {
            synchronized (this) {
                failures = 0;
                failure = "";
                deletionsAllowedUntil = Instant.MIN;
            }
            notes.succeeded();
            if (run.full()) {
                fullRuns.completed(name, RouteEvents.numbers(run.tally().sum()));
            }
            return untilNextRetry();
        }
        notes.failed(failed, run.full());
        if (failed.kind() == CycleFailure.Kind.DELETIONS) {
            pauseForDeletions(failed.getMessage());
        }
        boolean stoppedOnPurpose =
                failed.kind() == CycleFailure.Kind.STOPPED
                        || failed.kind() == CycleFailure.Kind.FENCED;
        synchronized (this) {
            failures = stoppedOnPurpose ? failures : failures + 1;
            failure = stoppedOnPurpose ? failure : failed.getMessage();
            Duration wait = stoppedOnPurpose ? parts.settings().cycle() : backoff.after(failures);
            Instant now = parts.platform().clock().instant();
            Duration asked =
                    failed.retryAt().map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
            return asked.compareTo(wait) > 0 ? asked : wait;
        }
    }

    private void pauseForDeletions(String reason) {
        try {
            Instant now = parts.platform().clock().instant();
            pauses.pause(name, new Pause(now, reason, true));
        } catch (SyncException e) {
            LOG.error("{}", e.getMessage());
        }
        parts.journal().note(EventType.SYNC_PAUSED, Map.of("reason", reason));
    }

    private Duration untilNextRetry() {
        Duration cycle = parts.settings().cycle();
        Instant now = parts.platform().clock().instant();
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

    synchronized boolean isRunning() {
        return current != null;
    }

    synchronized boolean isFullRun() {
        return current != null && current.full();
    }

    synchronized Optional<Progress> progress() {
        return Optional.ofNullable(current).map(run -> run.tally().progress());
    }

    synchronized Optional<Instant> nextRun() {
        return Optional.ofNullable(nextAt);
    }

    /** Why the last run failed; empty if it did not. */
    synchronized String failure() {
        return failure;
    }

    /** Stops for good: the page that is being written is cut short and read again another time. */
    void stop() {
        parts.journal().note(EventType.SYNC_STOPPING, Map.of());
        CountDownLatch latch = null;
        synchronized (this) {
            stopped = true;
            if (next != null) {
                next.cancel(false);
            }
            tickets.forEach(ticket -> ticket.refuse("route " + name + " is being stopped"));
            tickets.clear();
            if (running != null) {
                running.cancel(true);
                latch = ended;
            }
        }
        try {
            if (latch != null && !latch.await(10, TimeUnit.SECONDS)) {
                LOG.warn("route {}: a call to a connector does not end", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.journal().note(EventType.SYNC_STOPPED, Map.of());
    }
}
