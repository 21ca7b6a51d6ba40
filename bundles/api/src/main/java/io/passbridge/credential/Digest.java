/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/**
 * What leaves for a target: a salted digest in its text form, which cannot be used against the
 * source. Its text form is redacted all the same, since it can be attacked off-line.
 *
 * @param scheme the digest scheme's name: {@code pph1}, {@code pph2}, or the name of a {@link
 *     PasswordKind} for a value passed through
 * @param encoded the scheme's text form, for example {@code v1;PPH1_MD4,<salt>,1000,<digest>;} or
 *     {@code {SSHA}...}
 */
public record Digest(String scheme, String encoded) {
    /**
     * The digest that a {@code userPassword} value is.
     *
     * @throws IllegalArgumentException if it is of no known kind
     */
    public static Digest ofUserPassword(String value) {
        return new Digest(
                PasswordKind.of(value)
                        .orElseThrow(
                                () -> new IllegalArgumentException("the value is of no known kind"))
                        .text(),
                value);
    }

    @Override
    public String toString() {
        return "Digest[" + scheme + ", redacted]";
    }
}
