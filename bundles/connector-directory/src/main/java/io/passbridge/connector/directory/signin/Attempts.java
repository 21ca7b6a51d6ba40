/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down whoever guesses. Every attempt counts as failed when it begins, so that many at once
 * gain nothing; success takes it back. After a number of free failures the pause doubles with each
 * further one. Bounded in memory, thread-safe.
 */
final class Attempts {
    private static final int MAX_ENTRIES = 100_000;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(30);

    private final Clock clock;
    private final int free;
    private final long firstPauseMillis;
    private final long longestPauseMillis;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param free failures without a pause
     * @param firstPause after the next one
     * @param longestPause the pause does not grow beyond this
     */
    Attempts(Clock clock, int free, Duration firstPause, Duration longestPause) {
        this.clock = clock;
        this.free = free;
        this.firstPauseMillis = firstPause.toMillis();
        this.longestPauseMillis = longestPause.toMillis();
    }

    private static final class Entry {
        private int failures;
        private long last;
        private long blockedUntil;
    }

    /** Begins an attempt, or says how long to wait before the next one is looked at. */
    synchronized Optional<Duration> begin(String key) {
        long now = clock.millis();
        forget(now);
        Entry entry = entries.computeIfAbsent(key, any -> new Entry());
        if (now < entry.blockedUntil) {
            return Optional.of(Duration.ofMillis(entry.blockedUntil - now));
        }
        entry.failures++;
        entry.last = now;
        if (entry.failures > free) {
            int doublings = Math.min(entry.failures - free - 1, 30);
            entry.blockedUntil = now + Math.min(longestPauseMillis, firstPauseMillis << doublings);
        }
        return Optional.empty();
    }

    /** The attempt was a success: the count starts anew. */
    synchronized void succeeded(String key) {
        entries.remove(key);
    }

    /** The attempt came to no result, or was a success of one among many who share the key. */
    synchronized void takeBack(String key) {
        Entry entry = entries.get(key);
        if (entry != null && --entry.failures <= 0) {
            entries.remove(key);
        } else if (entry != null && entry.failures <= free) {
            entry.blockedUntil = 0;
        }
    }

    synchronized int size() {
        return entries.size();
    }

    private void forget(long now) {
        Iterator<Entry> eldest = entries.values().iterator();
        while (eldest.hasNext()) {
            Entry entry = eldest.next();
            boolean over = now > entry.blockedUntil && now - entry.last > FORGET_AFTER.toMillis();
            if (!over && entries.size() < MAX_ENTRIES) {
                return;
            }
            eldest.remove();
        }
    }
}
