/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.pbkdf2.HmacHash;
import java.util.List;

/** How many digests one core makes in a second: measured on the real work as it is done. */
final class Speed {
    private static final double NEWEST = 0.2;
    private static final int PROBE_ITERATIONS = 2_000;

    private final int iterations;
    private final Cryptography cryptography;
    private double perSecond;
    private boolean real;

    Speed(int iterations, Cryptography cryptography) {
        this.iterations = iterations;
        this.cryptography = cryptography;
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

    private void probe(byte[] key) {
        cryptography
                .module()
                .verifiers(
                        HmacHash.SHA_256.mac(),
                        List.of(new VerifierInput(key, key)),
                        PROBE_ITERATIONS,
                        HmacHash.SHA_256.length());
    }
}
