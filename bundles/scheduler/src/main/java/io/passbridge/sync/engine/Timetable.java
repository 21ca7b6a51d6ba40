/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** When a route runs next: the earliest time that anybody asked for. Safe for use by threads. */
final class Timetable {
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Runnable due;
    private ScheduledFuture<?> next;
    private Instant nextAt;

    /**
     * @param due called on a thread of the timer when the time has come; to call {@link #clear}
     */
    Timetable(ScheduledExecutorService timer, Clock clock, Runnable due) {
        this.timer = timer;
        this.clock = clock;
        this.due = due;
    }

    /** Asks for a run after a delay, which changes nothing if one is due before that. */
    synchronized void enter(Duration delay) {
        Instant at = clock.instant().plus(delay);
        if (next != null && nextAt.compareTo(at) <= 0) {
            return;
        }
        clear();
        nextAt = at;
        next = timer.schedule(due, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Strikes out what is entered: it begins now, or never. */
    synchronized void clear() {
        if (next != null) {
            next.cancel(false);
        }
        next = null;
        nextAt = null;
    }

    synchronized Optional<Instant> next() {
        return Optional.ofNullable(nextAt);
    }
}
