/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/**
 * Who alone can open what is sealed for them. Closing it wipes the pairing secret.
 *
 * @param publicKey of X25519, 32 bytes (RFC 7748)
 * @param pairing a random secret of 32 bytes or more that sender and recipient share; it proves to
 *     the recipient who sealed, and does not open anything
 */
public record Recipient(byte[] publicKey, Secret pairing) implements AutoCloseable {
    /** Length of a public key in bytes. */
    public static final int KEY_LENGTH = 32;

    /** The shortest pairing secret in bytes (RFC 9180, 9.5). */
    public static final int LEAST_PAIRING = 32;

    /** Takes over the pairing secret. */
    public Recipient {
        if (publicKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a recipient's key has 32 bytes, not " + publicKey.length);
        }
        if (pairing.length() < LEAST_PAIRING) {
            throw new IllegalArgumentException(
                    "a pairing secret has 32 bytes or more, not " + pairing.length());
        }
        publicKey = publicKey.clone();
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
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
