/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.files.fingerprint;

import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random key of one instance for fingerprints, HMAC-SHA-256, kept in a file: what is compared can
 * be told apart, and nothing can be guessed of it elsewhere. Immutable.
 */
public final class FingerprintKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec key;
    private final boolean fresh;

    private FingerprintKey(byte[] key, boolean fresh) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.fresh = fresh;
        Arrays.fill(key, (byte) 0);
    }

    /** Reads the key, or makes one; a damaged one is replaced: it costs comparing anew, no more. */
    public static FingerprintKey in(Path file) throws IOException {
        if (Files.exists(file)) {
            byte[] key = Files.readAllBytes(file);
            if (key.length == BYTES) {
                return new FingerprintKey(key, false);
            }
        }
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        WholeFile.write(file, out -> out.write(key));
        return new FingerprintKey(key, true);
    }

    /** Whether no fingerprint can be of this key yet. */
    public boolean isFresh() {
        return fresh;
    }

    /** A fresh computation. */
    public Mac begin() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
