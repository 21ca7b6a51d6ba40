/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import java.util.List;

/**
 * PBKDF2-HMAC-SHA-256 with 32-byte results for several users at once. Stateless, thread-safe; the
 * caller's thread does the work.
 */
public final class Pbkdf2Batch {
    private Pbkdf2Batch() {}

    /** One user's input; both arrays stay the caller's to wipe. */
    public record Input(byte[] password, byte[] salt) {}

    /**
     * Derives a key for each input.
     *
     * @return 32 bytes each, in the order of the inputs, the caller's to wipe
     */
    public static byte[][] derive(List<Input> inputs, int iterations) {
        byte[][] results = new byte[inputs.size()][];
        for (int i = 0; i < results.length; i++) {
            Input input = inputs.get(i);
            results[i] =
                    Pbkdf2.derive(
                            HmacHash.SHA_256,
                            input.password(),
                            input.salt(),
                            iterations,
                            HmacHash.SHA_256.length());
        }
        return results;
    }
}
