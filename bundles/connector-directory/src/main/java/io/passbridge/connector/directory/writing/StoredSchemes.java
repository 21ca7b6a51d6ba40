/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;

/** The digests that the directory takes: its own schemes and the salted ones of directories. */
final class StoredSchemes {
    /** The longest digest, in characters. */
    static final int MAX_LENGTH = 4_200;

    private StoredSchemes() {}

    /** Whether digests of a scheme are taken; unsalted ones and those over MD5 or DES are not. */
    static boolean takes(String scheme) {
        return scheme.equals("pph1")
                || scheme.equals("pph2")
                || PasswordKind.withText(scheme).filter(PasswordKind::mayPass).isPresent();
    }

    /** Why the database cannot hold a digest, or an empty text. */
    static String fault(Digest digest) {
        String encoded = digest.encoded();
        if (encoded.length() > MAX_LENGTH) {
            return "the digest has " + encoded.length() + " characters; the limit is " + MAX_LENGTH;
        }
        return encoded.chars().allMatch(c -> c > ' ' && c <= '~')
                ? ""
                : "the digest holds characters that no scheme uses";
    }
}
