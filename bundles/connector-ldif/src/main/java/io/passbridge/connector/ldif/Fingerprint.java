/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether the beginning of a file is still what it was: HMAC-SHA-256 over it under a random
 * key of this instance. The key makes the value useless for guessing what stands in the file.
 */
final class Fingerprint {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 16;
    private static final int CHUNK = 1 << 16;

    private final SecretKeySpec key;

    private Fingerprint(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        Arrays.fill(key, (byte) 0);
    }

    /** Reads the key from the instance's data folder, or makes one. */
    static Fingerprint in(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve("fingerprint.key");
        if (Files.notExists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            create(file, fresh);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) {
            // a damaged key means nothing but one full reading
            Files.delete(file);
            return in(dataFolder);
        }
        return new Fingerprint(key);
    }

    private static void create(Path file, byte[] key) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), "fingerprint", ".new");
        try {
            if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            Files.write(fresh, key, StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, file);
        } catch (FileAlreadyExistsException another) {
            Files.delete(fresh);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** A fresh computation. */
    Mac begin() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** The value of what the computation has seen; the computation can go on. */
    static String value(Mac mac) {
        try {
            byte[] value = ((Mac) mac.clone()).doFinal();
            return HexFormat.of().formatHex(value, 0, SHOWN_BYTES);
        } catch (CloneNotSupportedException never) {
            throw new IllegalStateException(never);
        }
    }

    /** A computation that has seen the beginning of a file. */
    Mac over(FileChannel channel, long length) throws IOException {
        Mac mac = begin();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = 0;
        while (at < length) {
            chunk.clear().limit((int) Math.min(CHUNK, length - at));
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
