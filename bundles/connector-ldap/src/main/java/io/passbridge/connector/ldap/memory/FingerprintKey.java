/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fingerprints of salted password values: the first 64 bits of HMAC-SHA-256 under a random key of
 * this instance. They tell two values of one user apart and nothing else. Not thread-safe.
 */
final class FingerprintKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Mac mac;
    private final boolean fresh;

    private FingerprintKey(byte[] key, boolean fresh) {
        this.fresh = fresh;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Reads the key from a folder, or makes one. */
    static FingerprintKey in(Path folder) throws IOException {
        Path file = folder.resolve("versions.key");
        if (Files.exists(file)) {
            byte[] key = Files.readAllBytes(file);
            if (key.length == KEY_BYTES) {
                return new FingerprintKey(key, false);
            }
            Files.delete(file);
        }
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path aside = Files.createTempFile(folder, "versions", ".new");
        if (aside.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-------"));
        }
        Files.write(aside, key, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(aside, file);
        return new FingerprintKey(key, true);
    }

    /** Whether no fingerprint can be of this key yet. */
    boolean isFresh() {
        return fresh;
    }

    /** Never 0, which stands for no password. */
    long fingerprint(byte[] value) {
        long first = ByteBuffer.wrap(mac.doFinal(value)).getLong();
        return first == 0 ? 1 : first;
    }
}
