/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import io.passbridge.hash.pbkdf2.HmacHash;
import io.passbridge.hash.pbkdf2.Pbkdf2;

/** How many digests one core makes in a second: measured on the real work as it is done. */
final class Speed {
    private static final double NEWEST = 0.2;
    private static final int PROBE_ITERATIONS = 2_000;

    private final int iterations;
    private double perSecond;
    private boolean real;

    Speed(int iterations) {
        this.iterations = iterations;
    }

    /** Takes a batch into account. */
    synchronized void ran(int digests, long nanos) {
        if (digests == 0 || nanos <= 0) {
            return;
        }
        double rate = digests * 1e9 / nanos;
        perSecond = real ? perSecond + NEWEST * (rate - perSecond) : rate;
        real = true;
    }

    /** Before the first batch this takes a few milliseconds for a rough measurement, once. */
    synchronized double perSecond() {
        if (perSecond == 0) {
            byte[] key = new byte[64];
            probe(key);
            long start = System.nanoTime();
            probe(key);
            perSecond =
                    1e9 / (System.nanoTime() - start) * PROBE_ITERATIONS / Math.max(iterations, 1);
        }
        return perSecond;
    }

    private static void probe(byte[] key) {
        Pbkdf2.derive(HmacHash.SHA_256, key, key, PROBE_ITERATIONS, HmacHash.SHA_256.length());
    }
}
