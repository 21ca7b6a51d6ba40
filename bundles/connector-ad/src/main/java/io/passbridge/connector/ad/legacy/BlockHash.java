/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

import java.util.Arrays;

/**
 * What MD4 and MD5 have in common: 64-byte blocks, four chaining words, padding (RFC 1320 and 1321,
 * 3.1 to 3.3).
 */
abstract class BlockHash {
    static final int DIGEST = 16;
    static final int BLOCK = 64;
    private static final int LENGTH_FIELD = 8;

    int a0;
    int b0;
    int c0;
    int d0;
    private final byte[] pending = new byte[BLOCK];
    private long total;

    BlockHash() {
        reset();
    }

    /** Mixes 64 bytes into the chaining words. */
    abstract void compress(byte[] block, int offset);

    final void reset() {
        a0 = 0x67452301;
        b0 = 0xefcdab89;
        c0 = 0x98badcfe;
        d0 = 0x10325476;
        total = 0;
    }

    final void update(byte[] data, int from, int length) {
        int offset = from;
        int left = length;
        int held = (int) (total & BLOCK - 1);
        total += length;
        if (held > 0) {
            int taken = Math.min(left, BLOCK - held);
            System.arraycopy(data, offset, pending, held, taken);
            offset += taken;
            left -= taken;
            if (held + taken < BLOCK) {
                return;
            }
            compress(pending, 0);
        }
        for (; left >= BLOCK; left -= BLOCK, offset += BLOCK) {
            compress(data, offset);
        }
        System.arraycopy(data, offset, pending, 0, left);
    }

    /** Writes the digest and resets. */
    final void digest(byte[] out, int offset) {
        long bits = total << 3;
        int held = (int) (total & BLOCK - 1);
        pending[held++] = (byte) 0x80;
        if (held > BLOCK - LENGTH_FIELD) {
            Arrays.fill(pending, held, BLOCK, (byte) 0);
            compress(pending, 0);
            held = 0;
        }
        Arrays.fill(pending, held, BLOCK, (byte) 0);
        for (int i = 0; i < LENGTH_FIELD; i++) {
            pending[BLOCK - LENGTH_FIELD + i] = (byte) (bits >>> 8 * i);
        }
        compress(pending, 0);
        int[] words = {a0, b0, c0, d0};
        for (int i = 0; i < DIGEST; i++) {
            out[offset + i] = (byte) (words[i >> 2] >>> 8 * (i & 3));
        }
        Arrays.fill(words, 0);
        reset();
    }

    void wipe() {
        Arrays.fill(pending, (byte) 0);
        reset();
    }

    static int littleEndian(byte[] b, int i) {
        return b[i] & 0xff | (b[i + 1] & 0xff) << 8 | (b[i + 2] & 0xff) << 16 | b[i + 3] << 24;
    }
}
