/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.Progress;
import io.passbridge.sync.RouteWork;
import io.passbridge.sync.cycle.BackgroundTask;
import io.passbridge.sync.cycle.RouteParts;
import io.passbridge.sync.cycle.RouteRun;
import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.RoutePauses;
import io.passbridge.sync.route.RouteSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the cycles of one route, one at a time: when they are due, signalled, or asked for. */
public final class RouteRunner {
    static final Duration DEBOUNCE = Duration.ofMillis(200);

    /** Between looks at ends that are awaited. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(RouteRunner.class);

    private final RouteParts parts;
    private final String name;
    private final Timetable timetable;
    private final FailureStreak failures;
    private final DeletionPermit deletions;
    private final Arrival arrival;
    private final RunConduct conduct;
    private final List<RunTicket> tickets = new ArrayList<>();
    private BackgroundTask running;
    private boolean again;
    private boolean stopped;

    RouteRunner(
            RouteParts parts,
            RoutePauses pauses,
            FullRuns fullRuns,
            ScheduledExecutorService timer,
            Backoff backoff) {
        this.parts = parts;
        this.name = parts.settings().name();
        this.timetable = new Timetable(timer, parts.platform().clock(), this::launch);
        this.failures = new FailureStreak(backoff);
        this.deletions = new DeletionPermit(parts.platform().clock());
        this.arrival =
                new Arrival(
                        parts.platform().connectors(),
                        parts.settings().source(),
                        parts.settings().target(),
                        parts.platform().clock());
        this.conduct = new RunConduct(parts, pauses, fullRuns, failures, deletions, arrival);
    }

    RouteSettings settings() {
        return parts.settings();
    }

    void start() {
        parts.journal().note(EventType.SYNC_STARTING, Map.of());
        wake(Duration.ZERO);
    }

    /** Something may be there to read; many calls within a moment lead to one cycle. */
    public synchronized void signalled() {
        wake(failures.isRunning() ? RunConduct.CALM : DEBOUNCE);
    }

    /** An instance of the route became usable. */
    synchronized void instanceReady() {
        if (running == null && failures.isRunning()) {
            wake(RunConduct.CALM);
        }
    }

    /** Runs a cycle after a delay, or before if one is due; at once after one that runs. */
    public synchronized void wake(Duration delay) {
        if (running != null) {
            again = true;
        } else if (!stopped) {
            timetable.enter(delay);
        }
    }

    /** Runs a cycle as soon as the running one, if there is one, has ended. */
    public synchronized RunTicket request(RunTicket ticket) {
        if (stopped) {
            ticket.refuse("route " + name + " is being stopped");
            return ticket;
        }
        tickets.add(ticket);
        wake(Duration.ZERO);
        return ticket;
    }

    /** The operator has seen why the threshold stopped the run; leave that is not used ends. */
    public void allowDeletions(DeletionLeave leave) {
        deletions.give(leave);
    }

    /** Leave that has not ended. */
    public Optional<DeletionLeave> deletions() {
        return deletions.given();
    }

    private synchronized void launch() {
        if (stopped || running != null) {
            return;
        }
        timetable.clear();
        if (arrival.isAwaited()) {
            timetable.enter(LOOK);
            return;
        }
        again = false;
        List<RunTicket> mine = List.copyOf(tickets);
        tickets.clear();
        running =
                BackgroundTask.start(
                        parts.threads(),
                        () -> {
                            run(mine);
                            return null;
                        });
    }

    private void run(List<RunTicket> mine) {
        Arrival.Ends before = arrival.ends();
        Duration delay = parts.settings().limits().cycle();
        try {
            delay = conduct.run(mine);
        } finally {
            ended(delay, before);
        }
    }

    private synchronized void ended(Duration delay, Arrival.Ends before) {
        running = null;
        boolean swapped = failures.isRunning() && arrival.ends().openedSince(before);
        boolean soon = again && !failures.isRunning();
        if (!tickets.isEmpty()) {
            wake(failures.isRunning() ? Duration.ZERO : DEBOUNCE);
        } else if (soon) {
            wake(DEBOUNCE);
        } else {
            wake(swapped && delay.compareTo(RunConduct.CALM) > 0 ? RunConduct.CALM : delay);
        }
    }

    /** Whether nothing runs here and nobody waits for a run. */
    synchronized boolean isIdle() {
        return running == null && tickets.isEmpty();
    }

    public boolean isRunning() {
        return conduct.current().isPresent();
    }

    public boolean isFullRun() {
        return conduct.current().map(RouteRun::full).orElse(false);
    }

    public Optional<Progress> progress() {
        return conduct.current().map(run -> run.tally().progress());
    }

    public Optional<Instant> nextRun() {
        return timetable.next();
    }

    /** What the route's runs have done so far. */
    public RouteWork work() {
        return conduct.work();
    }

    /** Why the last run failed; empty if it did not. */
    public String failure() {
        return failures.reason();
    }

    /** Stops for good: the page that is being written is cut short and read again another time. */
    void stop() {
        parts.journal().note(EventType.SYNC_STOPPING, Map.of());
        BackgroundTask last;
        synchronized (this) {
            stopped = true;
            timetable.clear();
            tickets.forEach(ticket -> ticket.refuse("route " + name + " is being stopped"));
            tickets.clear();
            last = running;
        }
        if (last != null) {
            last.interrupt();
            awaitEnd(last);
        }
        parts.journal().note(EventType.SYNC_STOPPED, Map.of());
    }

    private void awaitEnd(BackgroundTask last) {
        try {
            if (!last.awaitEnd(10, TimeUnit.SECONDS)) {
                LOG.warn("route {}: a call to a connector does not end", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
