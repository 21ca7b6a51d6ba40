/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.ByteBuffer;

/**
 * PBKDF2 with HMAC-SHA-512 (RFC 8018, NIST SP 800-132), for servers under the FIPS policy. One
 * block of it is just the 64 bytes that are needed.
 *
 * @param iterations 1,000 (the least of SP 800-132) to 10,000,000, so that a changed file cannot
 *     keep the server busy for ever
 */
record Pbkdf2Derivation(int iterations) implements PasswordDerivation {
    static final byte CODE = 2;

    /** Twice what OWASP advised for HMAC-SHA-512 in 2023. */
    static final Pbkdf2Derivation DEFAULT = new Pbkdf2Derivation(420_000);

    Pbkdf2Derivation {
        if (iterations < 1_000 || iterations > 10_000_000) {
            throw new IllegalArgumentException("PBKDF2 with " + iterations + " iterations");
        }
    }

    static Pbkdf2Derivation read(ByteBuffer in) {
        return new Pbkdf2Derivation(in.getInt());
    }

    @Override
    public byte code() {
        return CODE;
    }

    @Override
    public void describe(ByteBuffer out) {
        out.putInt(iterations);
    }

    @Override
    public byte[] derive(CryptographicModule module, byte[] password, byte[] salt)
            throws KeyException {
        try {
            return module.passwordKey("HmacSHA512", password, salt, iterations, LENGTH);
        } catch (IllegalArgumentException e) {
            throw new KeyException(Kind.NOT_ALLOWED, e.getMessage(), e);
        }
    }
}
