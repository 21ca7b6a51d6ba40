/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code userPassword} value (RFC 3112 in spirit, RFC 2307 in form): a scheme in braces and its
 * data, as the source stores it.
 */
public final class UserPassword implements SourceCredential {
    /** The scheme of a value without braces: the password itself. */
    public static final String CLEARTEXT = "CLEARTEXT";

    /** The longest value that is accepted, in bytes. */
    public static final int MAX_LENGTH = 4096;

    /** Schemes that hand the check to another system. */
    private static final Set<String> ELSEWHERE =
            Set.of("SASL", "KERBEROS", "PAM_PASSTHROUGH", "RADIUS", "TOTP1", "NONE");

    private final String scheme;
    private final Optional<PasswordKind> kind;
    private final Secret value;

    private UserPassword(String scheme, Optional<PasswordKind> kind, Secret value) {
        this.scheme = scheme;
        this.kind = kind;
        this.value = value;
    }

    /**
     * Takes over the given array: the whole attribute value, with its {@code {SCHEME}}. Encodings
     * that tools are known to add are undone: blanks, line ends and zero characters at the end, and
     * a second base64 where the scheme's values are known not to be base64.
     *
     * @throws IllegalArgumentException if it is empty or longer than {@link #MAX_LENGTH} bytes
     */
    public static UserPassword owning(byte[] value) {
        if (value.length == 0 || value.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "userPassword has "
                            + value.length
                            + " bytes; 1 to "
                            + MAX_LENGTH
                            + " are allowed");
        }
        byte[] plain = PasswordEncodings.undone(value);
        return new UserPassword(schemeOf(plain), kindOf(plain), Secret.owning(plain));
    }

    private static Optional<PasswordKind> kindOf(byte[] value) {
        // no more than what tells the kind: a copy as text cannot be wiped
        int end = 0;
        while (end < value.length && value[end] != '}') {
            end++;
        }
        end++;
        if (end < value.length && value[end] == '$') {
            do {
                end++;
            } while (end < value.length && value[end] != '$');
            end++;
        }
        return PasswordKind.of(
                new String(value, 0, Math.min(end, value.length), StandardCharsets.ISO_8859_1));
    }

    private static String schemeOf(byte[] value) {
        if (value[0] != '{') {
            return CLEARTEXT;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 1; i < value.length && i <= 40; i++) {
            char c = (char) (value[i] & 0xFF);
            if (c == '}') {
                return name.isEmpty() ? CLEARTEXT : name.toString().toUpperCase(Locale.ROOT);
            }
            if (c <= ' ' || c > '~') {
                return CLEARTEXT;
            }
            name.append(c);
        }
        return CLEARTEXT;
    }

    /** The scheme in upper case without braces, such as {@code SSHA}, or {@link #CLEARTEXT}. */
    public String scheme() {
        return scheme;
    }

    /** Whether another system keeps the password: there is no hash in the value. */
    public boolean isKeptElsewhere() {
        return ELSEWHERE.contains(scheme);
    }

    /**
     * Whether nobody can sign in with an attribute value: {@code {CRYPT}!}, {@code {SSHA}*} and the
     * like, by which crypt(5) locks an account, and a scheme without anything behind it.
     */
    public static boolean isLocked(byte[] value) {
        int brace = 0;
        while (brace < value.length && brace < 40 && value[brace] != '}') {
            brace++;
        }
        if (value.length == 0 || value[0] != '{' || brace == value.length || value[brace] != '}') {
            return false;
        }
        int data = brace + 1;
        return data == value.length || value[data] == '!' || value[data] == '*';
    }

    /**
     * How strong the value is, for the choice among several of one user: a known kind in the order
     * of {@link PasswordKind}, then an unknown one, then the password itself.
     *
     * @return smaller is stronger
     */
    public int rank() {
        int unknown = PasswordKind.values().length + (scheme.equals(CLEARTEXT) ? 1 : 0);
        return kind.map(PasswordKind::ordinal).orElse(unknown);
    }

    /** The whole value including its {@code {SCHEME}}; closed with this object. */
    public Secret value() {
        return value;
    }

    /** The kind of the value, if it is one of the table. */
    public Optional<PasswordKind> passwordKind() {
        return kind;
    }

    /** The kind's name; of a value that is not of the table, its scheme. */
    @Override
    public String kind() {
        return kind.map(PasswordKind::text).orElse(scheme);
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return "UserPassword[" + kind() + ", redacted]";
    }
}
