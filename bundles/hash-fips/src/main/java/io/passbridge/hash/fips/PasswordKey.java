/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import org.bouncycastle.crypto.PasswordBasedDeriver.KeyType;
import org.bouncycastle.crypto.fips.FipsDigestAlgorithm;
import org.bouncycastle.crypto.fips.FipsPBKD;
import org.bouncycastle.crypto.fips.FipsSHS;
import org.bouncycastle.crypto.fips.FipsUnapprovedOperationError;

/** Keys for stored data out of passwords, by the module's own service for them (SP 800-132). */
final class PasswordKey {
    private static final int MIN_ITERATIONS = 1_000;
    private static final int MIN_SALT = 16;

    private PasswordKey() {}

    /** Whether the module's service takes such parameters; the password aside. */
    static boolean approves(byte[] salt, int iterations) {
        return salt.length >= MIN_SALT && iterations >= MIN_ITERATIONS;
    }

    static byte[] derive(String mac, byte[] password, byte[] salt, int iterations, int length) {
        if (iterations < MIN_ITERATIONS) {
            throw new IllegalArgumentException(
                    "SP 800-132 wants " + MIN_ITERATIONS + " iterations, not " + iterations);
        }
        try {
            return new FipsPBKD.DeriverFactory()
                    .createDeriver(
                            FipsPBKD.PBKDF2
                                    .using(algorithm(mac), password)
                                    .withSalt(salt)
                                    .withIterationCount(iterations))
                    .deriveKey(KeyType.MAC, length);
        } catch (FipsUnapprovedOperationError e) {
            throw new IllegalArgumentException(
                    "the validated module wants a password of 14 bytes and a salt of 16 at least",
                    e);
        }
    }

    private static FipsDigestAlgorithm algorithm(String mac) {
        return switch (mac) {
            case "HmacSHA1" -> FipsSHS.Algorithm.SHA1_HMAC;
            case "HmacSHA256" -> FipsSHS.Algorithm.SHA256_HMAC;
            case "HmacSHA512" -> FipsSHS.Algorithm.SHA512_HMAC;
            default -> throw new IllegalArgumentException("no key by PBKDF2 over " + mac);
        };
    }
}
