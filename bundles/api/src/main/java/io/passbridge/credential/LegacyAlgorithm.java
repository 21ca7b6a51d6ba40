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
    /** Of the passphrase protector; verifiers by Argon2 are {@link #CRYPT}. */
    ARGON2ID,
    /** PKCS#12 files by the Java platform, whose encryption no validated module does. */
    PKCS12,
    /** PBKDF2 below the limits of SP 800-132: the 80-bit salt of {@code pph1}. */
    SHORT_SALT,
    /** HPKE over X25519 (RFC 9180), which no validated module does. */
    HPKE;

    /** The purpose of {@link #HPKE}. */
    public static final String SEAL_CREDENTIALS = "seal source credentials";
}
