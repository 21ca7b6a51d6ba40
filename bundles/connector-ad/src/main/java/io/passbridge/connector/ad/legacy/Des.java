/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

import java.util.Arrays;

/**
 * DES on single blocks (FIPS 46-3, withdrawn). Only removes the layer that is keyed with an
 * account's RID.
 */
final class Des {
    private static final int ROUNDS = 16;
    private static final int HALF_KEY = 28;
    private static final int HALF_KEY_MASK = (1 << HALF_KEY) - 1;
    private static final byte[] INITIAL = {
        58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6,
        64, 56, 48, 40, 32, 24, 16, 8, 57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3,
        61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7
    };
    private static final byte[] FINAL = {
        40, 8, 48, 16, 56, 24, 64, 32, 39, 7, 47, 15, 55, 23, 63, 31, 38, 6, 46, 14, 54, 22, 62, 30,
        37, 5, 45, 13, 53, 21, 61, 29, 36, 4, 44, 12, 52, 20, 60, 28, 35, 3, 43, 11, 51, 19, 59, 27,
        34, 2, 42, 10, 50, 18, 58, 26, 33, 1, 41, 9, 49, 17, 57, 25
    };
    private static final byte[] ROUND_PERMUTATION = {
        16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19,
        13, 30, 6, 22, 11, 4, 25
    };
    private static final byte[] KEY_CHOICE_1 = {
        57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3,
        60, 52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45,
        37, 29, 21, 13, 5, 28, 20, 12, 4
    };
    private static final byte[] KEY_CHOICE_2 = {
        14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41,
        52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32
    };
    private static final byte[] ROTATIONS = {1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};

    /** Eight boxes of four rows of sixteen hexadecimal digits. */
    private static final String[] BOXES = {
        "e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d",
        "f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9",
        "a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c",
        "7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e",
        "2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453",
        "c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d",
        "4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c",
        "d2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b"
    };

    /** Boxes and round permutation together: eight tables of 64 entries. */
    private static final int[] ROUND = roundTables();

    private Des() {}

    /** Decrypts 8 bytes in place under a 7-byte key without parity bits. */
    static void decrypt(byte[] key, byte[] data, int offset) {
        long[] schedule = schedule(key);
        long block = permute(load(data, offset, Long.BYTES), Long.SIZE, INITIAL);
        int left = (int) (block >>> Integer.SIZE);
        int right = (int) block;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            int next = left ^ mix(right, schedule[round]);
            left = right;
            right = next;
        }
        Arrays.fill(schedule, 0);
        long swapped = (long) right << Integer.SIZE | left & 0xffff_ffffL;
        long plain = permute(swapped, Long.SIZE, FINAL);
        for (int i = 0; i < Long.BYTES; i++) {
            data[offset + i] = (byte) (plain >>> 56 - 8 * i);
        }
    }

    /** The round function: the expansion is read off as eight overlapping groups of six bits. */
    private static int mix(int half, long roundKey) {
        int out = 0;
        for (int box = 0; box < 8; box++) {
            int six = Integer.rotateLeft(half, 4 * box + 5) & 0x3f;
            out |= ROUND[box << 6 | six ^ (int) (roundKey >>> 42 - 6 * box) & 0x3f];
        }
        return out;
    }

    private static long[] schedule(byte[] key) {
        long packed = load(key, 0, key.length);
        long withParity = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            withParity |= (packed >>> 49 - 7 * i & 0x7f) << 57 - 8 * i;
        }
        long chosen = permute(withParity, Long.SIZE, KEY_CHOICE_1);
        int c = (int) (chosen >>> HALF_KEY);
        int d = (int) chosen & HALF_KEY_MASK;
        long[] keys = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            c = rotate(c, ROTATIONS[round]);
            d = rotate(d, ROTATIONS[round]);
            keys[round] = permute((long) c << HALF_KEY | d, 2 * HALF_KEY, KEY_CHOICE_2);
        }
        return keys;
    }

    private static int rotate(int half, int by) {
        return (half << by | half >>> HALF_KEY - by) & HALF_KEY_MASK;
    }

    private static long load(byte[] b, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | b[offset + i] & 0xff;
        }
        return value;
    }

    private static long permute(long in, int width, byte[] table) {
        long out = 0;
        for (byte position : table) {
            out = out << 1 | in >>> width - position & 1;
        }
        return out;
    }

    private static int[] roundTables() {
        int[] tables = new int[8 * 64];
        for (int box = 0; box < 8; box++) {
            for (int six = 0; six < 64; six++) {
                int row = six >> 4 & 2 | six & 1;
                int column = six >> 1 & 0xf;
                int four = Character.digit(BOXES[box].charAt(16 * row + column), 16);
                long placed = (long) four << 28 - 4 * box;
                tables[box << 6 | six] = (int) permute(placed, Integer.SIZE, ROUND_PERMUTATION);
            }
        }
        return tables;
    }
}
