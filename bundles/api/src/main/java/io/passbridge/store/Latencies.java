/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long many things took, as a histogram of bounded size: milliseconds up to 16, above that 16
 * steps between a power of two and the next, so that a length is told up to 6 % too long and never
 * too short. What takes longer than 24 days counts as 24 days. Immutable.
 *
 * @param counts how many there are in each step that is not empty, by its number
 */
public record Latencies(SortedMap<Integer, Long> counts) {
    public static final Latencies NONE = new Latencies(Collections.emptySortedMap());

    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);
    private static final int STEP_BITS = 4;
    private static final int STEPS = 1 << STEP_BITS;

    public Latencies {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /**
     * @param lengths negative ones, which clocks that differ can lead to, count as 0
     */
    public static Latencies of(Collection<Duration> lengths) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        lengths.forEach(length -> counts.merge(step(length), 1L, Long::sum));
        return new Latencies(counts);
    }

    private static int step(Duration length) {
        long millis =
                length.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(0, length.toMillis());
        if (millis < STEPS) {
            return (int) millis;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis) - STEP_BITS;
        return (shift + 1) * STEPS + (int) (millis >>> shift) - STEPS;
    }

    /** The longest length that counts in a step. */
    private static Duration longest(int step) {
        if (step < STEPS) {
            return Duration.ofMillis(step);
        }
        int shift = step / STEPS - 1;
        return Duration.ofMillis(((long) (step % STEPS + STEPS + 1) << shift) - 1);
    }

    /** Both together. */
    public Latencies plus(Latencies other) {
        SortedMap<Integer, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((step, count) -> sum.merge(step, count, Long::sum));
        return new Latencies(sum);
    }

    /** How many things. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The length that so many in a hundred did not exceed.
     *
     * @param percent above 0, up to 100
     * @return empty if there are none at all
     */
    public Optional<Duration> percentile(double percent) {
        long wanted = (long) Math.ceil(total() * percent / 100);
        long passed = 0;
        for (Map.Entry<Integer, Long> step : counts.entrySet()) {
            passed += step.getValue();
            if (passed >= wanted) {
                return Optional.of(longest(step.getKey()));
            }
        }
        return Optional.empty();
    }
}
