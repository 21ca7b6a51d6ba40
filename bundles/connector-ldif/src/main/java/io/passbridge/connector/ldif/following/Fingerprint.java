/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.files.fingerprint.FingerprintKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Tells whether the beginning of a file is still what it was: HMAC-SHA-256 over it under a random
 * key of this instance. The key makes the value useless for guessing what stands in the file.
 */
final class Fingerprint {
    private static final int SHOWN_BYTES = 16;
    private static final int CHUNK = 1 << 16;

    private final FingerprintKey key;

    private Fingerprint(FingerprintKey key) {
        this.key = key;
    }

    /** Reads the key from the instance's data folder, or makes one. */
    static Fingerprint in(Path dataFolder) throws IOException {
        return new Fingerprint(FingerprintKey.in(dataFolder.resolve("fingerprint.key")));
    }

    /** A fresh computation. */
    Mac begin() {
        return key.begin();
    }

    /** The value of what the computation has seen; the computation can go on. */
    static String value(Mac mac) {
        return HexFormat.of().formatHex(copy(mac).doFinal(), 0, SHOWN_BYTES);
    }

    /** A computation that has seen the same. */
    static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException never) {
            throw new IllegalStateException(never);
        }
    }

    /** A computation that has seen a part of a file. */
    Mac over(FileChannel channel, long from, long to) throws IOException {
        Mac mac = begin();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = from;
        while (at < to) {
            chunk.clear().limit((int) Math.min(CHUNK, to - at));
            int read = channel.read(chunk, at);
            if (read <= 0) {
                throw new IOException("the file became shorter while it was read");
            }
            mac.update(chunk.flip());
            at += read;
        }
        Arrays.fill(chunk.array(), (byte) 0);
        return mac;
    }
}
