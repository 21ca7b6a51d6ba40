/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Optional;

/**
 * The AES keys of a user for Kerberos (RFC 3962), as a domain keeps them beside the {@link NtHash}:
 * made of the same password with a salt and 4,096 iterations. Whoever has them can sign in as the
 * user. Thread-safe as {@link Secret} is; closing wipes both keys.
 *
 * @param salt not secret: the realm and the name that the user had when the password was set
 * @param aes256 the key of type 18, 32 bytes
 * @param aes128 the key of type 17, 16 bytes, if the source has one
 */
public record KerberosKeys(String salt, Secret aes256, Optional<Secret> aes128)
        implements AutoCloseable {
    private static final int AES256_LENGTH = 32;
    private static final int AES128_LENGTH = 16;

    /** Takes over the keys. */
    public KerberosKeys {
        checkLength("AES-256", aes256, AES256_LENGTH);
        aes128.ifPresent(key -> checkLength("AES-128", key, AES128_LENGTH));
    }

    private static void checkLength(String name, Secret key, int length) {
        if (key.length() != length) {
            throw new IllegalArgumentException(
                    "a key of " + name + " has " + length + " bytes, not " + key.length());
        }
    }

    /** An independent copy, to be closed on its own. */
    public KerberosKeys copy() {
        return new KerberosKeys(salt, aes256.copy(), aes128.map(Secret::copy));
    }

    @Override
    public void close() {
        aes256.close();
        aes128.ifPresent(Secret::close);
    }

    @Override
    public String toString() {
        return "KerberosKeys[redacted]";
    }
}
