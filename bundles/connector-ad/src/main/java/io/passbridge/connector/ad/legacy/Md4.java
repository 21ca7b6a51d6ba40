/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

import java.util.Arrays;

/** MD4 (RFC 1320). Only for the NT hash of the account's own password, which NTLM is keyed with. */
final class Md4 extends BlockHash {
    private static final int ROUND_2 = 0x5a827999;
    private static final int ROUND_3 = 0x6ed9eba1;
    private static final int[] ORDER_2 = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
    private static final int[] ORDER_3 = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
    private static final int[][] SHIFT = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};

    private final int[] word = new int[16];

    @Override
    void compress(byte[] block, int offset) {
        for (int i = 0; i < 16; i++) {
            word[i] = littleEndian(block, offset + 4 * i);
        }
        int a = a0;
        int b = b0;
        int c = c0;
        int d = d0;
        for (int step = 0; step < 48; step++) {
            int i = step & 15;
            int sum =
                    switch (step >> 4) {
                        case 0 -> a + (b & c | ~b & d) + word[i];
                        case 1 -> a + (b & c | b & d | c & d) + word[ORDER_2[i]] + ROUND_2;
                        default -> a + (b ^ c ^ d) + word[ORDER_3[i]] + ROUND_3;
                    };
            a = d;
            d = c;
            c = b;
            b = Integer.rotateLeft(sum, SHIFT[step >> 4][i & 3]);
        }
        a0 += a;
        b0 += b;
        c0 += c;
        d0 += d;
    }

    @Override
    void wipe() {
        super.wipe();
        Arrays.fill(word, 0);
    }
}
