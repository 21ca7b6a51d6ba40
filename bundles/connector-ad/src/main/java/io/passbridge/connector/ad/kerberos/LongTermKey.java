/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;

/** The key of a user: made from the password (RFC 3962 section 4) or taken from a key table. */
final class LongTermKey {
    private static final byte[] CONSTANT = "kerberos".getBytes(StandardCharsets.US_ASCII);

    /** More would keep a core busy for seconds, on the word of whoever answers. */
    private static final int MOST_ITERATIONS = 1 << 20;

    private LongTermKey() {}

    /**
     * @param type {@link AesSha1#AES256} or {@link AesSha1#AES128}
     * @param salt as the key distribution centre gave it
     * @return owned by the caller
     */
    static SessionKey ofPassword(Secret password, int type, byte[] salt, int iterations)
            throws KerberosException {
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new KerberosException(
                    Integer.toUnsignedString(iterations)
                            + " iterations are asked for the password's key; at most "
                            + MOST_ITERATIONS
                            + " are possible");
        }
        char[] chars = password.toChars();
        PBEKeySpec spec =
                new PBEKeySpec(chars, salt, iterations, AesSha1.keyLength(type) * Byte.SIZE);
        byte[] stretched = {};
        try {
            stretched =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                            .generateSecret(spec)
                            .getEncoded();
            return new SessionKey(type, KeyDerivation.derive(stretched, CONSTANT));
        } catch (GeneralSecurityException e) {
            throw new KerberosException("no PBKDF2 in this Java runtime", e);
        } finally {
            Arrays.fill(stretched, (byte) 0);
            Arrays.fill(chars, '\0');
            spec.clearPassword();
        }
    }

    /** The newest key of the type; empty if the table has none. */
    static Optional<SessionKey> ofKeyTable(Path keytab, String principal, int type) {
        KerberosPrincipal name = new KerberosPrincipal(principal);
        return Arrays.stream(KeyTab.getInstance(name, keytab.toFile()).getKeys(name))
                .filter(key -> key.getKeyType() == type)
                .max(Comparator.comparingInt(KerberosKey::getVersionNumber))
                .map(key -> new SessionKey(type, key.getEncoded()));
    }
}
