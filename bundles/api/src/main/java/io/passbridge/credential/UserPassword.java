/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Locale;

/**
 * A {@code userPassword} value (RFC 3112 in spirit, RFC 2307 in form): a scheme in braces and its
 * data, as the source stores it.
 */
public final class UserPassword implements SourceCredential {
    /** The scheme of a value without braces: the password itself. */
    public static final String CLEARTEXT = "CLEARTEXT";

    /** The longest value that is accepted, in bytes. */
    public static final int MAX_LENGTH = 4096;

    private final String scheme;
    private final Secret value;

    private UserPassword(String scheme, Secret value) {
        this.scheme = scheme;
        this.value = value;
    }

    /**
     * Takes over the given array: the whole attribute value, with its {@code {SCHEME}}.
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
        return new UserPassword(schemeOf(value), Secret.owning(value));
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

    /** The whole value including its {@code {SCHEME}}; closed with this object. */
    public Secret value() {
        return value;
    }

    @Override
    public String kind() {
        return scheme;
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return "UserPassword[" + scheme + ", redacted]";
    }
}
