/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import java.nio.ByteBuffer;

/**
 * The block mixing of yescrypt: multiplications and look-ups in three S-boxes, one of which is
 * written all the while, and at the end two rounds of Salsa20. Not thread-safe.
 */
final class PwxForm {
    private static final int ROUNDS = 6;

    /** Lanes of a block of 64 bytes, of two numbers of 64 bits each. */
    private static final int LANES = 4;

    private static final int BOX = 1024;
    private static final int INDEX = 0xff0;

    private final int[] boxes;
    private final int[] y = new int[16];
    private final int[] salsa = new int[16];
    private int box0 = 2 * BOX;
    private int box1 = BOX;
    private int box2;
    private int written;

    private PwxForm(int[] boxes) {
        this.boxes = boxes;
    }

    /** Makes the S-boxes from the first 128 bytes of a block, which change by that. */
    static PwxForm of(ByteBuffer block) {
        ByteBuffer head = block.duplicate().limit(128).slice();
        int[] x = Yescrypt.shuffled(head);
        PwxForm form = new PwxForm(new int[3 * BOX]);
        for (int at = 0; at < form.boxes.length; at += x.length) {
            System.arraycopy(x, 0, form.boxes, at, x.length);
            form.blockMix(x);
        }
        Yescrypt.unshuffle(x, head);
        return form;
    }

    /** BlockMix of scrypt over two blocks of 64 bytes. */
    private void blockMix(int[] x) {
        for (int k = 0; k < 16; k++) {
            x[k] ^= x[16 + k];
        }
        salsa(x, 0, 8);
        for (int k = 0; k < 16; k++) {
            x[16 + k] ^= x[k];
        }
        salsa(x, 16, 8);
    }

    /** Mixes a block of any number of 128 bytes. */
    void mix(int[] x) {
        int last = x.length - 16;
        System.arraycopy(x, last, y, 0, 16);
        for (int at = 0; at < x.length; at += 16) {
            for (int k = 0; k < 16; k++) {
                y[k] ^= x[at + k];
            }
            transform();
            System.arraycopy(y, 0, x, at, 16);
        }
        salsa(x, last, 2);
    }

    private void transform() {
        int w = box2 + 2 * written;
        for (int i = 0; i < ROUNDS; i++) {
            boolean writes = i != 0 && i != ROUNDS - 1;
            for (int j = 0; j < 4 * LANES; j += 4) {
                int p0 = box0 + (y[j] & INDEX) / 4;
                int p1 = box1 + (y[j + 1] & INDEX) / 4;
                for (int k = 0; k < 4; k += 2) {
                    long product = word(y[j + k + 1]) * word(y[j + k]);
                    long number = product + pair(p0 + k) ^ pair(p1 + k);
                    y[j + k] = (int) number;
                    y[j + k + 1] = (int) (number >>> 32);
                    if (writes) {
                        boxes[w++] = (int) number;
                        boxes[w++] = (int) (number >>> 32);
                    }
                }
            }
        }
        written = (w - box2) / 2 & BOX / 2 - 1;
        int oldest = box2;
        box2 = box1;
        box1 = box0;
        box0 = oldest;
    }

    private long pair(int at) {
        return word(boxes[at + 1]) << 32 | word(boxes[at]);
    }

    private static long word(int value) {
        return value & 0xffffffffL;
    }

    /** The Salsa20 core over words that are shuffled. */
    private void salsa(int[] b, int at, int rounds) {
        int[] x = salsa;
        for (int i = 0; i < 16; i++) {
            x[i * 5 & 15] = b[at + i];
        }
        for (int i = 0; i < rounds; i += 2) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
        for (int i = 0; i < 16; i++) {
            b[at + i] += x[i * 5 & 15];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
