/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.CycleFailure;
import java.time.Duration;
import java.time.Instant;

/**
 * How many runs of a route have failed in a row, why the last one did, and how long to wait because
 * of that. Safe for use by threads.
 */
final class FailureStreak {
    private final Backoff backoff;
    private int failures;
    private String reason = "";

    FailureStreak(Backoff backoff) {
        this.backoff = backoff;
    }

    /** A run succeeded. */
    synchronized void end() {
        failures = 0;
        reason = "";
    }

    /**
     * A run failed.
     *
     * @return how long to wait: longer with each failure, and as long as the system asks for
     */
    synchronized Duration add(CycleFailure failure, Instant now) {
        failures++;
        reason = failure.getMessage();
        Duration wait = backoff.after(failures);
        Duration asked =
                failure.retryAt().map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
        return asked.compareTo(wait) > 0 ? asked : wait;
    }

    synchronized boolean isRunning() {
        return failures > 0;
    }

    /** Why the last run failed; empty if it did not. */
    synchronized String reason() {
        return reason;
    }
}
