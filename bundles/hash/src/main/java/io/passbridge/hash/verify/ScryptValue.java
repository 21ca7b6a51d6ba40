/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.credential.PasswordKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914) in the {@code $7$} form of crypt(3): one digit of log2 N, five of r, five of p,
 * the salt as text, and 32 bytes of hash; digits and hash in the alphabet of crypt, least first.
 */
final class ScryptValue implements SchemeCheck {
    /** One sign-in may not take more of the heap than this. */
    static final long MAX_MEMORY = (long) PasswordKind.Cost.SCRYPT.most() << 10;

    private static final int HASH = 32;
    private static final String DIGITS =
            "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern TEXT =
            Pattern.compile(
                    "\\$7\\$([./0-9A-Za-z])([./0-9A-Za-z]{5})([./0-9A-Za-z]{5})"
                            + "([./0-9A-Za-z]{0,86})\\$([./0-9A-Za-z]{43})");

    @Override
    public Stored read(String data) {
        Matcher match = TEXT.matcher(data);
        if (!match.matches()) {
            throw new IllegalArgumentException("the value is not $7$NRRRRRPPPPPSALT$HASH");
        }
        int log = (int) number(match.group(1));
        long r = number(match.group(2));
        long p = number(match.group(3));
        if (log < 1 || r < 1 || p < 1 || p > 64 || log > 24 || 128 * r << log > MAX_MEMORY) {
            throw new IllegalArgumentException(
                    "the value has N=2^"
                            + log
                            + ", r="
                            + r
                            + ", p="
                            + p
                            + "; at most 256 MiB and"
                            + " p=64 are allowed");
        }
        byte[] salt = match.group(4).getBytes(StandardCharsets.US_ASCII);
        byte[] expected = bytes(match.group(5));
        return password -> {
            byte[] actual = SCrypt.generate(password, salt, 1 << log, (int) r, (int) p, HASH);
            boolean fits = MessageDigest.isEqual(actual, expected);
            Arrays.fill(actual, (byte) 0);
            return fits;
        };
    }

    private static long number(String digits) {
        long number = 0;
        for (int i = digits.length() - 1; i >= 0; i--) {
            number = number << 6 | DIGITS.indexOf(digits.charAt(i));
        }
        return number;
    }

    private static byte[] bytes(String digits) {
        byte[] bytes = new byte[HASH];
        for (int i = 0; i < digits.length(); i += 4) {
            long group = number(digits.substring(i, Math.min(i + 4, digits.length())));
            for (int k = 0; k < 3 && i / 4 * 3 + k < HASH; k++) {
                bytes[i / 4 * 3 + k] = (byte) (group >>> 8 * k);
            }
        }
        return bytes;
    }
}
