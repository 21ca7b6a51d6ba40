/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import java.util.Arrays;

/** Numbers and bytes in the alphabet of crypt(3), least digit first. */
final class CryptText {
    private static final String DIGITS =
            "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private CryptText() {}

    static int digit(char c) {
        int digit = DIGITS.indexOf(c);
        if (digit < 0) {
            throw new IllegalArgumentException("a character is not of the alphabet of crypt");
        }
        return digit;
    }

    /**
     * Bytes, three in four digits.
     *
     * @throws IllegalArgumentException if the digits are no whole number of bytes
     */
    static byte[] bytes(String digits) {
        byte[] bytes = new byte[digits.length() * 6 / 8];
        int at = 0;
        for (int i = 0; i < digits.length(); i += 4) {
            int end = Math.min(i + 4, digits.length());
            int group = 0;
            for (int k = i; k < end; k++) {
                group |= digit(digits.charAt(k)) << 6 * (k - i);
            }
            int count = (end - i) * 6 / 8;
            if (count == 0 || group >>> 8 * count != 0) {
                throw new IllegalArgumentException("the digits are no whole number of bytes");
            }
            for (int k = 0; k < count; k++) {
                bytes[at++] = (byte) (group >>> 8 * k);
            }
        }
        return Arrays.copyOf(bytes, at);
    }

    /** Numbers one after the other, in as many digits as their first one says. */
    static final class Numbers {
        private final String text;
        private int at;

        Numbers(String text) {
            this.text = text;
        }

        boolean hasNext() {
            return at < text.length();
        }

        /**
         * @param least the smallest number that can be written
         */
        int next(int least) {
            int first = take();
            int start = 0;
            int end = 47;
            int bits = 0;
            long number = least;
            while (first > end) {
                number += (long) (end + 1 - start) << bits;
                start = end + 1;
                end = start + (62 - end) / 2;
                bits += 6;
            }
            number += (long) (first - start) << bits;
            while (bits > 0) {
                bits -= 6;
                number += (long) take() << bits;
            }
            if (number > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a number is out of range");
            }
            return (int) number;
        }

        private int take() {
            if (!hasNext()) {
                throw new IllegalArgumentException("a number is cut off");
            }
            return digit(text.charAt(at++));
        }
    }
}
