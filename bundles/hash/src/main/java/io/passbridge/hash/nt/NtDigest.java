/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import io.passbridge.credential.Digest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of a digest made from an NT hash: {@code v1;PPH1_MD4,<salt>,<iterations>,<digest>;}
 * with lower-case hexadecimal salt and digest. See {@code docs/formats/digests.md}.
 */
record NtDigest(NtForm form, byte[] salt, int iterations, byte[] hash) {
    /** More would make one sign-in take minutes; nobody configures it in earnest. */
    static final int MAX_ITERATIONS = 20_000_000;

    private static final Pattern TEXT =
            Pattern.compile("v1;(PPH[12]_MD4),([0-9a-f]{2,256}),([1-9][0-9]{0,8}),([0-9a-f]{64});");

    String encode() {
        HexFormat hex = HexFormat.of();
        return "v1;"
                + form.word()
                + ","
                + hex.formatHex(salt)
                + ","
                + iterations
                + ","
                + hex.formatHex(hash)
                + ";";
    }

    /**
     * Reads a digest.
     *
     * @throws IllegalArgumentException naming what is wrong, with nothing of the digest
     */
    static NtDigest parse(Digest digest) {
        NtForm form = NtForm.named(digest.scheme());
        Matcher match = TEXT.matcher(digest.encoded());
        if (!match.matches() || !match.group(1).equals(form.word())) {
            throw new IllegalArgumentException(
                    "a "
                            + digest.scheme()
                            + " digest is not of the form v1;"
                            + form.word()
                            + ",<salt>,<iterations>,<digest>;");
        }
        int iterations = Integer.parseInt(match.group(3));
        if (iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "a "
                            + digest.scheme()
                            + " digest has "
                            + iterations
                            + " iterations; the limit is "
                            + MAX_ITERATIONS);
        }
        if (match.group(2).length() % 2 != 0 || match.group(2).length() < 2 * form.salt()) {
            throw new IllegalArgumentException(
                    "a "
                            + digest.scheme()
                            + " digest has "
                            + match.group(2).length()
                            + " hexadecimal digits of salt; at least "
                            + 2 * form.salt()
                            + " are needed");
        }
        HexFormat hex = HexFormat.of();
        return new NtDigest(
                form, hex.parseHex(match.group(2)), iterations, hex.parseHex(match.group(4)));
    }

    @Override
    public String toString() {
        return "NtDigest[" + form + ", redacted]";
    }
}
