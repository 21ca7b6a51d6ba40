/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.times;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When somebody who listens for changes looks by the clock, and when a connection that is gone is
 * made anew: soon, then after twice as long each time, at the latest when the clock has come round.
 * Not thread-safe.
 */
public final class ListeningTimes {
    /** How long to wait for a second attempt; the first one is made at once. */
    private static final long SHORTEST_NANOS = Duration.ofMillis(500).toNanos();

    private final long pollNanos;
    private final LongSupplier nanoTime;
    private long nextPoll;
    private long nextAttempt;
    private long wait;

    /**
     * Everything is due at first.
     *
     * @param poll how often to look by the clock
     */
    public ListeningTimes(Duration poll) {
        this(poll, System::nanoTime);
    }

    ListeningTimes(Duration poll, LongSupplier nanoTime) {
        this.pollNanos = poll.toNanos();
        this.nanoTime = nanoTime;
        this.nextPoll = nanoTime.getAsLong();
        this.nextAttempt = nextPoll;
    }

    /** Whether it is time to look by the clock; if so, the next time is set. */
    public boolean pollDue() {
        long now = nanoTime.getAsLong();
        if (now - nextPoll < 0) {
            return false;
        }
        nextPoll = now + pollNanos;
        return true;
    }

    /** Whether it is time to connect; if so, the time of the next attempt is set. */
    public boolean attemptDue() {
        long now = nanoTime.getAsLong();
        if (now - nextAttempt < 0) {
            return false;
        }
        wait = Math.min(pollNanos, Math.max(SHORTEST_NANOS, 2 * wait));
        nextAttempt = now + wait;
        return true;
    }

    /** The connection serves: when it is lost, the first attempt is made at once again. */
    public void connected() {
        wait = 0;
        nextAttempt = nanoTime.getAsLong();
    }

    /** The server refuses: asking it often makes nothing better, and may lock the account. */
    public void refused() {
        wait = pollNanos;
        nextAttempt = nanoTime.getAsLong() + wait;
    }
}
