/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

/**
 * One condition on a user's way from source to target.
 *
 * @param name one or two words: {@code scope}, {@code account state}
 * @param verdict whether the user passes
 * @param text why, with the values; nothing secret
 */
public record Gate(String name, Verdict verdict, String text) {
    /** Whether a user passes a gate. */
    public enum Verdict {
        PASSED,
        STOPPED
    }
}
