/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Something that is looked up when it is asked for, but not again at once: what costs more is
 * looked up less often, so that whoever asks cannot keep the store busy. Safe for use by threads;
 * who asks while it is looked up waits for that.
 *
 * @param <T> what is looked up
 */
public final class Recent<T> {
    /** At most a twentieth of the time is spent with looking up. */
    private static final int SHARE = 20;

    private final Supplier<T> lookUp;
    private final long least;
    private final long most;
    private final LongSupplier nanos;
    private T known;
    private long until;

    /**
     * @param least how long it is good for at least
     * @param most how long it is good for at most, whatever it cost
     */
    public Recent(Supplier<T> lookUp, Duration least, Duration most) {
        this(lookUp, least, most, System::nanoTime);
    }

    Recent(Supplier<T> lookUp, Duration least, Duration most, LongSupplier nanos) {
        this.lookUp = lookUp;
        this.least = least.toNanos();
        this.most = most.toNanos();
        this.nanos = nanos;
    }

    /** What is known, looked up if it is too old. */
    public synchronized T get() {
        long began = nanos.getAsLong();
        if (known == null || began - until >= 0) {
            known = lookUp.get();
            long ended = nanos.getAsLong();
            until = ended + Math.max(least, Math.min(most, (ended - began) * SHARE));
        }
        return known;
    }
}
