/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordKind;
import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.pbkdf2.HmacHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * PBKDF2 in two written forms: OpenLDAP's {@code iterations$salt$hash} in base64 with a dot for the
 * plus and without padding, which 389 Directory Server writes too; and that server's older base64
 * of iterations (4 bytes), salt (64) and hash (256).
 */
final class Pbkdf2Value implements SchemeCheck {
    static final int MAX_ITERATIONS = PasswordKind.Cost.PBKDF2.most();
    private static final int MIN_SALT = 16;

    /** 112 bits. */
    private static final int MIN_PASSWORD = 14;

    private static final int MAX_HASH = 512;
    private static final int BINARY_SALT = 64;
    private static final int BINARY_LENGTH = 4 + BINARY_SALT + 256;

    private final HmacHash hash;
    private final LegacyPolicy policy;
    private final Cryptography cryptography;

    Pbkdf2Value(HmacHash hash, LegacyPolicy policy, Cryptography cryptography) {
        this.hash = hash;
        this.cryptography = cryptography;
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
        byte[] actual = derive(password, iterations, salt, expected.length);
        boolean fits = MessageDigest.isEqual(actual, expected);
        Arrays.fill(actual, (byte) 0);
        return fits;
    }

    /**
     * HMAC fills a short key with zeros (RFC 2104, section 2), which is done here already: a
     * validated module takes keys of less than 112 bits for making codes no more, and cannot know
     * that this is a verification, for which SP 800-131A lets them be used.
     */
    private byte[] derive(byte[] password, int iterations, byte[] salt, int length) {
        byte[] key = Arrays.copyOf(password, Math.max(password.length, MIN_PASSWORD));
        try {
            return cryptography.module()
                    .verifiers(
                            hash.mac(), List.of(new VerifierInput(key, salt)), iterations, length)[
                    0];
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] adapted(String base64) {
        return Base64.getDecoder().decode(base64.replace('.', '+'));
    }
}
