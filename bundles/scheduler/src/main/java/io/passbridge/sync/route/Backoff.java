/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times that double up to a limit, spread by a quarter so that users do not come back
 * together.
 */
public record Backoff(Duration first, Duration most, RandomGenerator random) {
    /** Between attempts for one user. */
    public static Backoff ofUsers(RandomGenerator random) {
        return new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), random);
    }

    /** Between attempts of a route whose cycles fail. */
    public static Backoff ofCycles(RandomGenerator random) {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2), random);
    }

    /**
     * @param failures how many attempts have failed, from 1
     */
    public Duration after(int failures) {
        int doublings = Math.min(30, Math.max(0, failures - 1));
        double millis = Math.min(most.toMillis(), first.toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis((long) (millis * (0.75 + random.nextDouble() * 0.5)));
    }
}
