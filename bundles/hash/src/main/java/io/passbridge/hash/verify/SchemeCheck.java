/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

/** Checks a password against the data of one {@code userPassword} scheme. Thread-safe. */
@FunctionalInterface
interface SchemeCheck {
    /**
     * Reads a value and judges its form and cost, without computing anything.
     *
     * @param data what follows the {@code {SCHEME}}
     * @throws IllegalArgumentException if it can never be verified; the message is for people and
     *     holds nothing of the value
     */
    Stored read(String data);

    /** A value that can be verified. */
    @FunctionalInterface
    interface Stored {
        /**
         * Whether the password fits, compared in constant time.
         *
         * @param password UTF-8, not to be changed or kept
         */
        boolean matches(byte[] password);
    }
}
