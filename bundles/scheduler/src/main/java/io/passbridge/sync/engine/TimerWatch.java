/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the threads that begin the runs still take up what is due: they are asked for a sign of
 * life each second. A store or a system that is away costs them no more than its time-outs.
 */
final class TimerWatch {
    /** Longer than the time-outs of whatever the timer's threads may wait for. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LongSupplier nanos;
    private volatile long seen;

    TimerWatch(LongSupplier nanos) {
        this.nanos = nanos;
        this.seen = nanos.getAsLong();
    }

    static TimerWatch of(ScheduledExecutorService timer) {
        TimerWatch watch = new TimerWatch(System::nanoTime);
        timer.scheduleWithFixedDelay(watch::sign, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    void sign() {
        seen = nanos.getAsLong();
    }

    Optional<String> stall() {
        Duration silent = Duration.ofNanos(nanos.getAsLong() - seen);
        return silent.compareTo(PATIENCE) <= 0
                ? Optional.empty()
                : Optional.of(
                        "no run begins any more: the engine's timer has not moved for %d s"
                                .formatted(silent.toSeconds()));
    }
}
