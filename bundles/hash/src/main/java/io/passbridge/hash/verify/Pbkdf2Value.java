/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.hash.pbkdf2.HmacHash;
import io.passbridge.hash.pbkdf2.Pbkdf2;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * PBKDF2 in two written forms: OpenLDAP's {@code iterations$salt$hash} in base64 with a dot for the
 * plus and without padding, which 389 Directory Server writes too; and that server's older base64
 * of iterations (4 bytes), salt (64) and hash (256).
 */
final class Pbkdf2Value implements SchemeCheck {
    static final int MAX_ITERATIONS = 20_000_000;
    private static final int MIN_SALT = 16;
    private static final int MAX_HASH = 512;
    private static final int BINARY_SALT = 64;
    private static final int BINARY_LENGTH = 4 + BINARY_SALT + 256;

    private final HmacHash hash;
    private final LegacyPolicy policy;

    Pbkdf2Value(HmacHash hash, LegacyPolicy policy) {
        this.hash = hash;
        this.policy = policy;
    }

    @Override
    public Stored read(String data) {
        int first = data.indexOf('$');
        return first < 0 ? binary(data) : text(data, first);
    }

    private Stored text(String data, int first) {
        int second = data.indexOf('$', first + 1);
        if (second < 0 || first == 0 || first > 9) {
            throw new IllegalArgumentException("the value is not ITERATIONS$SALT$HASH");
        }
        return stored(
                Integer.parseInt(data.substring(0, first)),
                adapted(data.substring(first + 1, second)),
                adapted(data.substring(second + 1)));
    }

    private Stored binary(String data) {
        byte[] all = Base64.getDecoder().decode(data);
        if (all.length != BINARY_LENGTH) {
            throw new IllegalArgumentException(
                    "the value has " + all.length + " bytes; " + BINARY_LENGTH + " are needed");
        }
        return stored(
                ByteBuffer.wrap(all).getInt(),
                Arrays.copyOfRange(all, 4, 4 + BINARY_SALT),
                Arrays.copyOfRange(all, 4 + BINARY_SALT, all.length));
    }

    private Stored stored(int iterations, byte[] salt, byte[] expected) {
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the value has " + iterations + " iterations; 1 to " + MAX_ITERATIONS);
        }
        if (expected.length < hash.length() / 2 || expected.length > MAX_HASH) {
            throw new IllegalArgumentException(
                    "the value has a hash of " + expected.length + " bytes");
        }
        if (salt.length == 0) {
            throw new IllegalArgumentException("the value has no salt");
        }
        return password -> matches(password, iterations, salt, expected);
    }

    private boolean matches(byte[] password, int iterations, byte[] salt, byte[] expected) {
        if (salt.length < MIN_SALT) {
            policy.use(LegacyAlgorithm.SHORT_SALT, UserPasswordVerifier.PURPOSE);
        }
        byte[] actual = Pbkdf2.derive(hash, password, salt, iterations, expected.length);
        boolean fits = MessageDigest.isEqual(actual, expected);
        Arrays.fill(actual, (byte) 0);
        return fits;
    }

    private static byte[] adapted(String base64) {
        return Base64.getDecoder().decode(base64.replace('.', '+'));
    }
}
