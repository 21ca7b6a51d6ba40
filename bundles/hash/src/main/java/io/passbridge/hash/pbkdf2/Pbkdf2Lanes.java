/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import io.passbridge.crypto.CryptographicModule.VerifierInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** PBKDF2-HMAC-SHA-256 with 32-byte results for one user in each lane. One thread at a time. */
final class Pbkdf2Lanes {
    private static final int BLOCK = 64;
    private static final int WORDS = 8;
    private static final int MESSAGE = 16;

    /** A salt, the block number, the end mark and the length must fit into one block. */
    private static final int MAX_SALT = BLOCK - 4 - 1 - 8;

    private final int width = Sha256Lanes.width();
    private final int[] inner = new int[WORDS * width];
    private final int[] outer = new int[WORDS * width];
    private final int[] state = new int[WORDS * width];
    private final int[] sum = new int[WORDS * width];
    private final int[] message = new int[MESSAGE * width];

    /** What follows a 32-byte message in the second block of an HMAC. */
    private final int[] tail = new int[WORDS * width];

    Pbkdf2Lanes() {
        Arrays.fill(tail, 0, width, 0x80000000);
        Arrays.fill(tail, (WORDS - 1) * width, WORDS * width, (BLOCK + 32) * 8);
    }

    static boolean takes(VerifierInput input) {
        return input.password().length <= BLOCK && input.salt().length <= MAX_SALT;
    }

    int width() {
        return width;
    }

    /**
     * Derives up to {@link #width} keys.
     *
     * @param inputs each one that {@link #takes} took
     */
    byte[][] derive(List<VerifierInput> inputs, int iterations) {
        try {
            begin(inputs);
            for (int i = 1; i < iterations; i++) {
                mac();
                for (int k = 0; k < sum.length; k++) {
                    sum[k] ^= state[k];
                }
            }
            byte[][] results = new byte[inputs.size()][];
            for (int lane = 0; lane < results.length; lane++) {
                ByteBuffer bytes = ByteBuffer.allocate(WORDS * 4);
                for (int i = 0; i < WORDS; i++) {
                    bytes.putInt(sum[i * width + lane]);
                }
                results[lane] = bytes.array();
            }
            return results;
        } finally {
            for (int[] words : List.of(inner, outer, state, sum, message)) {
                Arrays.fill(words, 0);
            }
        }
    }

    private void begin(List<VerifierInput> inputs) {
        keyed(inputs, inner, (byte) 0x36);
        keyed(inputs, outer, (byte) 0x5c);
        for (int lane = 0; lane < inputs.size(); lane++) {
            byte[] salt = inputs.get(lane).salt();
            byte[] block = Arrays.copyOf(salt, BLOCK);
            block[salt.length + 3] = 1;
            block[salt.length + 4] = (byte) 0x80;
            put(block, lane);
            message[(MESSAGE - 1) * width + lane] = (BLOCK + salt.length + 4) * 8;
        }
        Sha256Lanes.compress(inner, message, state);
        outer();
        System.arraycopy(state, 0, sum, 0, sum.length);
    }

    private void keyed(List<VerifierInput> inputs, int[] keyed, byte pad) {
        for (int i = 0; i < WORDS; i++) {
            Arrays.fill(state, i * width, (i + 1) * width, Sha256Constants.START[i]);
        }
        for (int lane = 0; lane < inputs.size(); lane++) {
            byte[] block = Arrays.copyOf(inputs.get(lane).password(), BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                block[i] ^= pad;
            }
            put(block, lane);
            Arrays.fill(block, (byte) 0);
        }
        Sha256Lanes.compress(state, message, keyed);
    }

    private void put(byte[] block, int lane) {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        for (int i = 0; i < MESSAGE; i++) {
            message[i * width + lane] = bytes.getInt();
        }
    }

    /** Replaces the state in each lane by its HMAC. */
    private void mac() {
        load();
        Sha256Lanes.compress(inner, message, state);
        outer();
    }

    private void outer() {
        load();
        Sha256Lanes.compress(outer, message, state);
    }

    private void load() {
        System.arraycopy(state, 0, message, 0, state.length);
        System.arraycopy(tail, 0, message, state.length, tail.length);
    }
}
