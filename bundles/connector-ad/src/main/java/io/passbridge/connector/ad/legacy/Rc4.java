/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

import java.util.Arrays;

/**
 * A running RC4 key stream (RFC 6229 has its vectors). Not thread-safe; {@link #close} wipes the
 * state.
 */
public final class Rc4 implements AutoCloseable {
    private static final int STATES = 256;

    // ints, not bytes: the sign extension of byte arrays costs a third of the speed
    private final int[] state = new int[STATES];
    private int x;
    private int y;

    Rc4(byte[] key) {
        for (int i = 0; i < STATES; i++) {
            state[i] = i;
        }
        for (int i = 0, j = 0; i < STATES; i++) {
            j = j + state[i] + key[i % key.length] & 0xff;
            int swap = state[i];
            state[i] = state[j];
            state[j] = swap;
        }
    }

    /** Combines the next {@code length} bytes of the key stream with the data, in place. */
    public void apply(byte[] data, int offset, int length) {
        int[] s = state;
        int i = x;
        int j = y;
        for (int at = offset, end = offset + length; at < end; at++) {
            i = i + 1 & 0xff;
            int si = s[i];
            j = j + si & 0xff;
            int sj = s[j];
            s[i] = sj;
            s[j] = si;
            data[at] ^= (byte) s[si + sj & 0xff];
        }
        x = i;
        y = j;
    }

    @Override
    public void close() {
        Arrays.fill(state, 0);
        x = 0;
        y = 0;
    }
}
