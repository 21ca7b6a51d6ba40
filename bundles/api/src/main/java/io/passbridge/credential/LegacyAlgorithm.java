/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/** Primitives that are not approved, and exist here only where a protocol forces them. */
public enum LegacyAlgorithm {
    MD4,
    MD5,
    RC4,
    DES,
    SHA1_PASSWORD,
    CRYPT,
    /** PBKDF2 below the limits of SP 800-132: the 80-bit salt of {@code pph1}. */
    SHORT_SALT
}
