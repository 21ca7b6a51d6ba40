/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.rewrap;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Keeps work at no more than so many values a second, so that cycles go on beside it. */
public final class Pace {
    private final int perSecond;
    private final LongSupplier nanoTime;
    private final long start;
    private long done;

    /** Starts now; 0 for no limit. */
    public Pace(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Nanoseconds to wait after so many more values. */
    long waitAfter(int values) {
        done += values;
        if (perSecond == 0) {
            return 0;
        }
        long due = start + TimeUnit.SECONDS.toNanos(done) / perSecond;
        return Math.max(0, due - nanoTime.getAsLong());
    }

    void await(int values) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(waitAfter(values));
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped between two batches");
        }
    }
}
