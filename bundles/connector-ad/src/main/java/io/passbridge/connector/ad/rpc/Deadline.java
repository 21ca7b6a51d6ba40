/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A point in time until which something must be done, by the monotonic clock. */
record Deadline(long nanos) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left, for a socket time-out: at least 1. */
    int millisLeft() throws SocketTimeoutException {
        long left = (nanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the time for the call is over");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
