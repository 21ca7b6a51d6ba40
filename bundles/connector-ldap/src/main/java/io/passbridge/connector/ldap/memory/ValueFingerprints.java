/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.memory;

import io.passbridge.files.fingerprint.FingerprintKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.crypto.Mac;

/**
 * Fingerprints of salted password values: the first 64 bits of HMAC-SHA-256 under a random key of
 * this instance. They tell two values of one user apart and nothing else. Not thread-safe.
 */
final class ValueFingerprints {
    private final Mac mac;
    private final boolean fresh;

    private ValueFingerprints(FingerprintKey key) {
        mac = key.begin();
        fresh = key.isFresh();
    }

    /** Reads the key from a folder, or makes one. */
    static ValueFingerprints in(Path folder) throws IOException {
        return new ValueFingerprints(FingerprintKey.in(folder.resolve("versions.key")));
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
