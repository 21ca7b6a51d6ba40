/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.UserPassword;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.nt.Pph1Scheme;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Digests of known passwords. */
final class Passwords {
    private static final byte[] SALT = "salt-of-16-bytes".getBytes(StandardCharsets.US_ASCII);

    private Passwords() {}

    static Digest pph1(String password) {
        return new Pph1Scheme(new Everything(), new PlatformCryptography())
                .digest(List.of(UserPassword.owning(password.getBytes(StandardCharsets.UTF_8))))
                .get(0);
    }

    static Digest ssha(String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(password.getBytes(StandardCharsets.UTF_8));
            byte[] hash = sha.digest(SALT);
            byte[] both = new byte[hash.length + SALT.length];
            System.arraycopy(hash, 0, both, 0, hash.length);
            System.arraycopy(SALT, 0, both, hash.length, SALT.length);
            return Digest.ofUserPassword("{SSHA}" + Base64.getEncoder().encodeToString(both));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Digest pbkdf2(String password) {
        try {
            byte[] hash =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(
                                    new PBEKeySpec(password.toCharArray(), SALT, 1_000, 256))
                            .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return Digest.ofUserPassword(
                    "{PBKDF2-SHA256}1000$"
                            + base64.encodeToString(SALT)
                            + "$"
                            + base64.encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Everything() implements LegacyPolicy {
        @Override
        public boolean fipsEnforced() {
            return false;
        }

        @Override
        public void use(LegacyAlgorithm algorithm, String purpose) {}

        @Override
        public List<LegacyUse> uses() {
            return List.of();
        }
    }
}
