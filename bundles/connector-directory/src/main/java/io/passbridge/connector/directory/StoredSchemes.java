/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.credential.Digest;
import java.util.Locale;
import java.util.Set;

/** The digests that the directory takes: its own schemes and the salted ones of directories. */
final class StoredSchemes {
    /** The longest digest, in characters. */
    static final int MAX_LENGTH = 4_200;

    /** Names as {@link Digest#scheme} gives them; unsalted and MD5 schemes are not among them. */
    static final Set<String> ALL =
            Set.of(
                    "pph1",
                    "pph2",
                    "SSHA",
                    "SSHA256",
                    "SSHA384",
                    "SSHA512",
                    "PBKDF2",
                    "PBKDF2-SHA1",
                    "PBKDF2-SHA256",
                    "PBKDF2-SHA512",
                    "PBKDF2_SHA256",
                    "ARGON2",
                    "BCRYPT",
                    "CRYPT");

    private StoredSchemes() {}

    /** Why a digest cannot be stored, or an empty text. */
    static String fault(Digest digest) {
        String encoded = digest.encoded();
        String head =
                digest.scheme().startsWith("pph")
                        ? "v1;" + digest.scheme().toUpperCase(Locale.ROOT) + "_MD4,"
                        : "{" + digest.scheme() + "}";
        if (encoded.length() > MAX_LENGTH) {
            return "the digest has " + encoded.length() + " characters; the limit is " + MAX_LENGTH;
        }
        if (!encoded.regionMatches(true, 0, head, 0, head.length())) {
            return "the digest does not begin with " + head;
        }
        return encoded.chars().allMatch(c -> c > ' ' && c <= '~')
                ? ""
                : "the digest holds characters that no scheme uses";
    }
}
