/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import java.util.Arrays;

/** PBKDF2 (RFC 8018, section 5.2) over HMAC, on byte strings. Stateless, thread-safe. */
public final class Pbkdf2 {
    private Pbkdf2() {}

    /**
     * Derives one key.
     *
     * @param hash under the HMAC
     * @param password any length; stays the caller's to wipe
     * @param salt any length
     * @param iterations at least 1
     * @param length of the result in bytes, at least 1
     */
    public static byte[] derive(
            HmacHash hash, byte[] password, byte[] salt, int iterations, int length) {
        if (iterations < 1 || length < 1) {
            throw new IllegalArgumentException(
                    "PBKDF2 with " + iterations + " iterations and " + length + " bytes");
        }
        byte[] result = new byte[length];
        byte[] first = Arrays.copyOf(salt, salt.length + 4);
        byte[] u = new byte[hash.length()];
        byte[] t = new byte[hash.length()];
        try (HmacStates hmac = new HmacStates(hash, password)) {
            for (int block = 1, at = 0; at < length; block++, at += t.length) {
                for (int i = 0; i < 4; i++) {
                    first[salt.length + i] = (byte) (block >>> 24 - 8 * i);
                }
                hmac.mac(first, u);
                System.arraycopy(u, 0, t, 0, t.length);
                for (int i = 1; i < iterations; i++) {
                    hmac.mac(u, u);
                    for (int k = 0; k < t.length; k++) {
                        t[k] ^= u[k];
                    }
                }
                System.arraycopy(t, 0, result, at, Math.min(t.length, length - at));
            }
        } finally {
            Arrays.fill(u, (byte) 0);
            Arrays.fill(t, (byte) 0);
        }
        return result;
    }
}
