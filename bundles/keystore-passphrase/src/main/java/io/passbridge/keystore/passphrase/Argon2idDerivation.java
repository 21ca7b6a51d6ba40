/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106).
 *
 * @param memoryKiB memory, 8 MiB to 1 GiB, so that a changed file cannot exhaust the server
 * @param passes 1 to 64
 * @param lanes 1 to 16
 */
record Argon2idDerivation(int memoryKiB, int passes, int lanes) implements PasswordDerivation {
    static final byte CODE = 1;

    /** The second choice of RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes. */
    static final Argon2idDerivation DEFAULT = new Argon2idDerivation(65_536, 3, 4);

    Argon2idDerivation {
        if (memoryKiB < 8_192
                || memoryKiB > 1_048_576
                || passes < 1
                || passes > 64
                || lanes < 1
                || lanes > 16) {
            throw new IllegalArgumentException(
                    "Argon2id with "
                            + memoryKiB
                            + " KiB, "
                            + passes
                            + " passes, "
                            + lanes
                            + " lanes");
        }
    }

    static Argon2idDerivation read(ByteBuffer in) {
        return new Argon2idDerivation(in.getInt(), in.getInt(), in.getInt());
    }

    @Override
    public byte code() {
        return CODE;
    }

    @Override
    public void describe(ByteBuffer out) {
        out.putInt(memoryKiB).putInt(passes).putInt(lanes);
    }

    @Override
    public byte[] derive(CryptographicModule module, byte[] password, byte[] salt)
            throws KeyException {
        byte[] derived = new byte[LENGTH];
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(memoryKiB)
                            .withIterations(passes)
                            .withParallelism(lanes)
                            .withSalt(salt)
                            .build());
            generator.generateBytes(password, derived);
            return derived;
        } catch (LinkageError e) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "Argon2id needs the bundle bcprov, which is not there; start it, and set the"
                            + " password again with keys:passwd before it is taken away",
                    e);
        }
    }
}
