/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.keys.KeyException;
import java.nio.ByteBuffer;

/** How a wrapping key is made out of a password, with its costs. Immutable. */
sealed interface PasswordDerivation permits Argon2idDerivation, Pbkdf2Derivation {
    /** Length of what is derived: 32 bytes of key, 32 bytes of commitment to the password. */
    int LENGTH = 64;

    /** The code of the function in the file. */
    byte code();

    /** Appends the costs in their fixed length. */
    void describe(ByteBuffer out);

    /** Derives {@link #LENGTH} bytes by the module if it can; the caller wipes them. */
    byte[] derive(CryptographicModule module, byte[] password, byte[] salt) throws KeyException;
}
