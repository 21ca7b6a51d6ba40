/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy.LegacyUse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How often each legacy primitive was asked for, and when last. Thread-safe, made for millions. */
final class LegacyCounts {
    private final Map<Use, Count> counts = new ConcurrentHashMap<>();

    private record Use(LegacyAlgorithm algorithm, String purpose) {}

    private static final class Count {
        private final LongAdder permitted = new LongAdder();
        private final AtomicLong refused = new AtomicLong();
        private volatile long lastMillis;
    }

    /** Whether it is the first refusal of its kind. */
    boolean count(LegacyAlgorithm algorithm, String purpose, boolean permitted) {
        Count count = counts.computeIfAbsent(new Use(algorithm, purpose), use -> new Count());
        count.lastMillis = System.currentTimeMillis();
        if (permitted) {
            count.permitted.increment();
            return false;
        }
        return count.refused.getAndIncrement() == 0;
    }

    List<LegacyUse> list() {
        return counts.entrySet().stream()
                .map(entry -> use(entry.getKey(), entry.getValue()))
                .sorted(
                        Comparator.comparing(LegacyUse::algorithm)
                                .thenComparing(LegacyUse::purpose))
                .toList();
    }

    private static LegacyUse use(Use use, Count count) {
        return new LegacyUse(
                use.algorithm(),
                use.purpose(),
                count.permitted.sum(),
                count.refused.get(),
                Instant.ofEpochMilli(count.lastMillis));
    }
}
