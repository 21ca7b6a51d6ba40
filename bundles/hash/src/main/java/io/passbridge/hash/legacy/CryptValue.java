/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.legacy;

import io.passbridge.credential.PasswordKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * {@code crypt(3)} values: bcrypt ({@code $2a$}, {@code $2b$}, {@code $2y$}), SHA-crypt ({@code
 * $5$}, {@code $6$}), MD5-crypt ({@code $1$}) and DES. The kinds that hold an NT hash ({@code $3$})
 * or need yescrypt ({@code $y$}) are not known.
 */
public final class CryptValue {
    private static final int MAX_ROUNDS = PasswordKind.Cost.SHA_CRYPT.most();
    private static final int MAX_BCRYPT_COST = PasswordKind.Cost.BCRYPT.most();
    private static final int BCRYPT_PASSWORD = 72;
    private static final Pattern BCRYPT =
            Pattern.compile("\\$2[aby]\\$(\\d{2})\\$[./A-Za-z0-9]{53}");
    private static final Pattern SHA =
            Pattern.compile(
                    "\\$[56]\\$(?:rounds=(\\d{1,9})\\$)?[^$:\n]{0,16}\\$[./A-Za-z0-9]{43,86}");
    private static final Pattern MD5 = Pattern.compile("\\$1\\$[^$:\n]{0,8}\\$[./A-Za-z0-9]{22}");
    private static final Pattern DES = Pattern.compile("[./A-Za-z0-9]{13}");

    private CryptValue() {}

    /**
     * Judges a value by its form and cost.
     *
     * @throws IllegalArgumentException if the value is malformed, of an unknown kind or too costly
     */
    public static void check(String value) {
        Matcher bcrypt = BCRYPT.matcher(value);
        if (bcrypt.matches()) {
            int cost = Integer.parseInt(bcrypt.group(1));
            if (cost < 4 || cost > MAX_BCRYPT_COST) {
                throw new IllegalArgumentException(
                        "the value has a bcrypt cost of " + cost + "; 4 to " + MAX_BCRYPT_COST);
            }
            return;
        }
        Matcher sha = SHA.matcher(value);
        if (sha.matches()) {
            if (sha.group(1) != null && Integer.parseInt(sha.group(1)) > MAX_ROUNDS) {
                throw new IllegalArgumentException(
                        "the value has " + sha.group(1) + " rounds; the limit is " + MAX_ROUNDS);
            }
        } else if (!MD5.matcher(value).matches() && !DES.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the value is of a crypt(3) kind that is not known; known are $2a$, $2b$,"
                            + " $2y$, $5$, $6$, $1$ and DES");
        }
    }

    /**
     * Whether the password is the one of the value, compared in constant time.
     *
     * @param value that {@link #check} took
     */
    public static boolean matches(byte[] password, String value) {
        if (value.startsWith("$2")) {
            return bcrypt(password, value);
        }
        // the library wipes the array that it is given
        String actual = Crypt.crypt(password.clone(), value);
        return MessageDigest.isEqual(
                actual.getBytes(StandardCharsets.US_ASCII),
                value.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean bcrypt(byte[] password, String value) {
        // the C implementations cut at 72 bytes
        byte[] key = Arrays.copyOf(password, Math.min(password.length, BCRYPT_PASSWORD));
        try {
            return OpenBSDBCrypt.checkPassword(value, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
