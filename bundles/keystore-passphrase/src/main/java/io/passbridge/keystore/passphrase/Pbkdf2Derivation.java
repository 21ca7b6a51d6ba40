/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.keys.KeyException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 with HMAC-SHA-512 (RFC 8018, NIST SP 800-132), for servers under the FIPS policy. One
 * block of it is just the 64 bytes that are needed. The JDK's own implementation takes characters;
 * passwords here are bytes.
 *
 * @param iterations 1,000 (the least of SP 800-132) to 10,000,000, so that a changed file cannot
 *     keep the server busy for ever
 */
record Pbkdf2Derivation(int iterations) implements PasswordDerivation {
    static final byte CODE = 2;

    /** Twice what OWASP advised for HMAC-SHA-512 in 2023. */
    static final Pbkdf2Derivation DEFAULT = new Pbkdf2Derivation(420_000);

    Pbkdf2Derivation {
        if (iterations < 1_000 || iterations > 10_000_000) {
            throw new IllegalArgumentException("PBKDF2 with " + iterations + " iterations");
        }
    }

    static Pbkdf2Derivation read(ByteBuffer in) {
        return new Pbkdf2Derivation(in.getInt());
    }

    @Override
    public byte code() {
        return CODE;
    }

    @Override
    public void describe(ByteBuffer out) {
        out.putInt(iterations);
    }

    @Override
    public byte[] derive(byte[] password, byte[] salt) throws KeyException {
        return derive(password, salt, iterations);
    }

    /** PBKDF2 of any number of iterations; RFC 8018, section 5.2, for its first block. */
    static byte[] derive(byte[] password, byte[] salt, int iterations) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            // HMAC pads a key with zeros, so an empty password is a single zero
            byte[] key = password.length == 0 ? new byte[1] : password;
            mac.init(new SecretKeySpec(key, "HmacSHA512"));
            mac.update(salt);
            byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
            byte[] sum = block.clone();
            for (int i = 1; i < iterations; i++) {
                mac.update(block);
                mac.doFinal(block, 0);
                for (int j = 0; j < sum.length; j++) {
                    sum[j] ^= block[j];
                }
            }
            Arrays.fill(block, (byte) 0);
            return sum;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-512", e);
        }
    }
}
