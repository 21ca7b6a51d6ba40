/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import io.passbridge.store.Parity;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of a route's target with its source has shown.
 *
 * @param route the route
 * @param begunAt when it began
 * @param endedAt when it ended
 * @param inStep how many people the route has in step
 * @param people how many were compared, by what was found in the end
 * @param mended how many of them were different and are the same now
 * @param doubts those who are neither the same nor were mended, at most {@link #MOST}
 */
public record ParityReport(
        String route,
        Instant begunAt,
        Instant endedAt,
        long inStep,
        Map<Parity, Long> people,
        long mended,
        List<Unproven> doubts) {
    /** How many are named; the numbers tell of all. */
    public static final int MOST = 10_000;

    public ParityReport {
        Map<Parity, Long> all = new EnumMap<>(Parity.class);
        for (Parity parity : Parity.values()) {
            all.put(parity, people.getOrDefault(parity, 0L));
        }
        people = Collections.unmodifiableMap(all);
        doubts = List.copyOf(doubts);
    }

    /** How many were found so. */
    public long of(Parity parity) {
        return people.get(parity);
    }

    /** How many were compared. */
    public long compared() {
        return people.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Somebody who is not known to be the same.
     *
     * @param anchor who
     * @param parity what was found
     * @param reason in words
     */
    public record Unproven(String anchor, Parity parity, String reason) {}
}
