/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba.wire;

import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The text form in which keys and pairing secrets are kept in files and typed: base64. */
public final class KeyText {
    private KeyText() {}

    /** The text of a secret, the caller's to close. */
    public static Secret of(Secret secret) {
        return secret.use(bytes -> Secret.owning(Base64.getEncoder().encode(bytes)));
    }

    /**
     * Reads the public keys of a recipient: a line of base64 for each.
     *
     * @return empty if one of the lines is none
     */
    public static List<byte[]> publicKeys(String text) {
        try {
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> Base64.getDecoder().decode(line))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /**
     * Reads a key or pairing secret of 32 bytes.
     *
     * @param text stays the caller's
     * @return the caller's to close; empty if it is not of the form
     */
    public static Optional<Secret> read(Secret text) {
        byte[] bytes = text.toBytes();
        try {
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] <= ' ') {
                end--;
            }
            byte[] stripped = Arrays.copyOf(bytes, end);
            try {
                Secret read = Secret.owning(Base64.getDecoder().decode(stripped));
                if (read.length() == Recipient.LEAST_PAIRING) {
                    return Optional.of(read);
                }
                read.close();
                return Optional.empty();
            } finally {
                Arrays.fill(stripped, (byte) 0);
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
