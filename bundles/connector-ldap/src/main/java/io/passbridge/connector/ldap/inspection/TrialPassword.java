/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import io.passbridge.credential.PasswordKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that nobody knows, for one try, and what a server that verifies a kind would hold of
 * it. Made with the JDK alone; wiped when it is closed.
 */
final class TrialPassword implements AutoCloseable {
    private static final Map<PasswordKind, String> DIGESTS =
            Map.of(
                    PasswordKind.SSHA, "SHA-1",
                    PasswordKind.SSHA256, "SHA-256",
                    PasswordKind.SSHA384, "SHA-384",
                    PasswordKind.SSHA512, "SHA-512");
    private static final Map<PasswordKind, String> DERIVATIONS =
            Map.of(
                    PasswordKind.PBKDF2_SHA256, "PBKDF2WithHmacSHA256",
                    PasswordKind.PBKDF2_SHA512, "PBKDF2WithHmacSHA512");
    private static final int RANDOM_BYTES = 24;
    private static final int SALT_BYTES = 16;
    private static final int ITERATIONS = 10_000;

    private final byte[] password;

    TrialPassword() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        password = Base64.getEncoder().encode(random);
        Arrays.fill(random, (byte) 0);
    }

    /** The kinds that can be made here. */
    static boolean canMake(PasswordKind kind) {
        return DIGESTS.containsKey(kind) || DERIVATIONS.containsKey(kind);
    }

    /** The password itself; wiped when this is closed. */
    byte[] bytes() {
        return password;
    }

    /** The value of a kind as OpenLDAP and 389 Directory Server write it. */
    String valueOf(PasswordKind kind) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        try {
            return "{"
                    + kind.text()
                    + "}"
                    + (DIGESTS.containsKey(kind)
                            ? digest(DIGESTS.get(kind), salt)
                            : derived(DERIVATIONS.get(kind), kind, salt));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private String digest(String algorithm, byte[] salt) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        digest.update(password);
        byte[] hash = digest.digest(salt);
        byte[] both = Arrays.copyOf(hash, hash.length + salt.length);
        System.arraycopy(salt, 0, both, hash.length, salt.length);
        return Base64.getEncoder().encodeToString(both);
    }

    private String derived(String algorithm, PasswordKind kind, byte[] salt)
            throws GeneralSecurityException {
        char[] chars = new String(password, StandardCharsets.US_ASCII).toCharArray();
        int bits = kind == PasswordKind.PBKDF2_SHA256 ? 256 : 512;
        PBEKeySpec spec = new PBEKeySpec(chars, salt, ITERATIONS, bits);
        try {
            byte[] hash = SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
            return ITERATIONS + "$" + adapted(salt) + "$" + adapted(hash);
        } finally {
            spec.clearPassword();
            Arrays.fill(chars, '\0');
        }
    }

    /** Base64 as passlib adapts it. */
    private static String adapted(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
    }

    @Override
    public void close() {
        Arrays.fill(password, (byte) 0);
    }
}
