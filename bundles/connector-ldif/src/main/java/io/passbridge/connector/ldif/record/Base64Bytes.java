/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.util.Arrays;

/**
 * Base64 out of a range of bytes. The JDK's decoder wants an array or buffer of its own, which
 * would be one more copy of a hash to wipe.
 */
final class Base64Bytes {
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Bytes() {}

    /**
     * @throws IllegalArgumentException if the range is not base64; says nothing about its content
     */
    static byte[] decode(byte[] bytes, int from, int rangeEnd) {
        int to = rangeEnd;
        while (to > from && bytes[to - 1] == ' ') {
            to--;
        }
        if ((to - from) % 4 != 0) {
            throw new IllegalArgumentException("length is not a multiple of 4");
        }
        int padding = 0;
        while (padding < 2 && to - padding > from && bytes[to - 1 - padding] == '=') {
            padding++;
        }
        byte[] decoded = new byte[(to - from) / 4 * 3 - padding];
        int at = 0;
        for (int i = from; i < to; i += 4) {
            boolean last = i + 4 == to;
            int a = VALUES[bytes[i] & 0xFF];
            int b = VALUES[bytes[i + 1] & 0xFF];
            int c = last && padding == 2 ? 0 : VALUES[bytes[i + 2] & 0xFF];
            int d = last && padding >= 1 ? 0 : VALUES[bytes[i + 3] & 0xFF];
            if ((a | b | c | d) < 0) {
                Arrays.fill(decoded, (byte) 0);
                throw new IllegalArgumentException("not base64");
            }
            int bits = a << 18 | b << 12 | c << 6 | d;
            decoded[at++] = (byte) (bits >> 16);
            if (at < decoded.length) {
                decoded[at++] = (byte) (bits >> 8);
            }
            if (at < decoded.length) {
                decoded[at++] = (byte) bits;
            }
        }
        return decoded;
    }
}
