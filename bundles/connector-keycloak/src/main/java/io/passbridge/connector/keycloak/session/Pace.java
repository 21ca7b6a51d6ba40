/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import java.time.Duration;

/** Spreads requests so that no more than a number of them start in a second. Thread-safe. */
final class Pace {
    private final long interval;
    private long next = System.nanoTime();

    /**
     * @param perSecond 0 for no limit
     */
    Pace(int perSecond) {
        interval = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
    }

    /** Reserves the next start, and says how long it is until then, in nanoseconds. */
    synchronized long reserve() {
        long now = System.nanoTime();
        if (next - now < 0) {
            next = now;
        }
        long wait = next - now;
        next += interval;
        return wait;
    }
}
