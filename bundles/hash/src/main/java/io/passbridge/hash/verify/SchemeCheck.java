/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

/** Checks a password against the data of one {@code userPassword} scheme. Thread-safe. */
@FunctionalInterface
interface SchemeCheck {
    /**
     * Whether the password fits, compared in constant time.
     *
     * @param password UTF-8, not to be changed or kept
     * @param data what follows the {@code {SCHEME}}
     * @throws IllegalArgumentException if the data is malformed; the message is for people and
     *     holds nothing of it
     */
    boolean matches(byte[] password, String data);
}
