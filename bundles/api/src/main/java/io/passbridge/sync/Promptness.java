/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import io.passbridge.store.Latencies;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the latest changes of a route took, from the time that the source gives for them to the
 * target's confirmation. A length is told up to 6 % too long; by as much as the clocks of the two
 * machines differ, it is wrong.
 *
 * @param changes how many; what follows is empty if there was none
 * @param p50 half of them took no longer than this
 * @param p95 95 of 100 took no longer than this
 * @param p99 99 of 100 took no longer than this
 * @param objective which {@code p99} is not to exceed, if the route has one
 * @param missed whether there are changes and an objective, and it is not met
 */
public record Promptness(
        long changes,
        Optional<Duration> p50,
        Optional<Duration> p95,
        Optional<Duration> p99,
        Optional<Duration> objective,
        boolean missed) {
    public static Promptness of(Latencies latencies, Optional<Duration> objective) {
        Optional<Duration> p99 = latencies.percentile(99);
        return new Promptness(
                latencies.total(),
                latencies.percentile(50),
                latencies.percentile(95),
                p99,
                objective,
                p99.isPresent() && objective.filter(o -> o.compareTo(p99.get()) < 0).isPresent());
    }
}
