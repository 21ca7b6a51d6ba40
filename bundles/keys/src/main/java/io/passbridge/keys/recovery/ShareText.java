/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One share in a form that can be printed and typed: {@code
 * PBSHARE1-set-needed-number-value-check}; {@code docs/formats/key-set.md}, section shares.
 *
 * @param set 8 hex digits that all shares of one export have
 * @param needed so many shares open it
 * @param number this one's, from 1
 * @param value 32 bytes
 */
record ShareText(String set, int needed, int number, byte[] value) {
    private static final Pattern FORM =
            Pattern.compile(
                    "PBSHARE1-([0-9a-f]{8})-([0-9]{1,2})-([0-9]{1,2})-([0-9a-f]{64})-([0-9a-f]{8})");

    String text() {
        String body =
                "PBSHARE1-"
                        + set
                        + "-"
                        + needed
                        + "-"
                        + number
                        + "-"
                        + HexFormat.of().formatHex(value);
        return body + "-" + check(body);
    }

    /** Reads a share; {@code where} names it in messages, which never show it. */
    static ShareText parse(String text, String where) throws KeyException {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new KeyException(Kind.DAMAGED, where + " holds no share of an export");
        }
        String body = text.strip().substring(0, text.strip().lastIndexOf('-'));
        if (!check(body).equals(matcher.group(5))) {
            throw new KeyException(
                    Kind.DAMAGED, "the share in " + where + " has a slip: its check digits differ");
        }
        int needed = Integer.parseInt(matcher.group(2));
        int number = Integer.parseInt(matcher.group(3));
        if (needed < 2 || number < 1 || number > SecretSharing.MAX_SHARES) {
            throw new KeyException(Kind.DAMAGED, "the share in " + where + " cannot be one");
        }
        return new ShareText(
                matcher.group(1), needed, number, HexFormat.of().parseHex(matcher.group(4)));
    }

    private static String check(String body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ShareText[" + set + ", " + number + "]";
    }
}
