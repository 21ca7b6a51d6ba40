/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Optional;

/**
 * Who alone can open what is sealed for them. Closing it wipes the pairing secret.
 *
 * @param publicKey of X25519, 32 bytes (RFC 7748)
 * @param p256Key of P-256, 65 bytes, uncompressed (SEC 1, 2.3.3), which is used in its place while
 *     the FIPS policy is enforced; empty if the recipient has none
 * @param pairing a random secret of 32 bytes or more that sender and recipient share; it proves to
 *     the recipient who sealed, and does not open anything
 */
public record Recipient(byte[] publicKey, Optional<byte[]> p256Key, Secret pairing)
        implements AutoCloseable {
    /** Length of a public key in bytes. */
    public static final int KEY_LENGTH = 32;

    /** Length of a public key of P-256 in bytes. */
    public static final int P256_LENGTH = 65;

    /** The shortest pairing secret in bytes (RFC 9180, 9.5). */
    public static final int LEAST_PAIRING = 32;

    /** Takes over the pairing secret. */
    public Recipient {
        if (publicKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a recipient's key has 32 bytes, not " + publicKey.length);
        }
        if (p256Key.isPresent() && p256Key.get().length != P256_LENGTH) {
            throw new IllegalArgumentException(
                    "a recipient's key of P-256 has 65 bytes, not " + p256Key.get().length);
        }
        if (pairing.length() < LEAST_PAIRING) {
            throw new IllegalArgumentException(
                    "a pairing secret has 32 bytes or more, not " + pairing.length());
        }
        publicKey = publicKey.clone();
        p256Key = p256Key.map(byte[]::clone);
    }

    /** A recipient without a key of P-256. */
    public Recipient(byte[] publicKey, Secret pairing) {
        this(publicKey, Optional.empty(), pairing);
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public Optional<byte[]> p256Key() {
        return p256Key.map(byte[]::clone);
    }

    @Override
    public void close() {
        pairing.close();
    }

    @Override
    public String toString() {
        return "Recipient[redacted]";
    }
}
