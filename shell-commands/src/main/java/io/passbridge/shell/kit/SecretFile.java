/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.credential.Secret;
import io.passbridge.health.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A secret on the first line of a file that only its owner may read, or of standard input. */
final class SecretFile {
    private static final int LIMIT_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private SecretFile() {}

    static Secret read(String name, Path folder, InputStream standardInput) throws Refused {
        if (name.equals("-")) {
            try {
                return firstLine("standard input", standardInput);
            } catch (IOException e) {
                throw new Refused("cannot read standard input: " + e.getMessage(), e);
            }
        }
        Path file = folder.resolve(name).normalize();
        if (Files.isDirectory(file)) {
            throw new Refused(file + " is a folder; name the file in which the secret is");
        }
        try {
            checkPermissions(file);
            try (InputStream in = Files.newInputStream(file)) {
                return firstLine(file.toString(), in);
            }
        } catch (NoSuchFileException e) {
            throw new Refused("there is no file " + file, e);
        } catch (IOException e) {
            throw new Refused("cannot read " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    private static void checkPermissions(Path file) throws IOException, Refused {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
        if (!OWNER.containsAll(given)) {
            throw new Refused(
                    file
                            + " can be used by others ("
                            + PosixFilePermissions.toString(given)
                            + "); run chmod 600 on it, and change the secret if others saw it");
        }
    }

    private static Secret firstLine(String source, InputStream in) throws IOException, Refused {
        byte[] buffer = new byte[LIMIT_BYTES + 1];
        try {
            int length = 0;
            while (length < buffer.length) {
                int next = in.read();
                if (next < 0 || next == '\n') {
                    break;
                }
                buffer[length++] = (byte) next;
            }
            if (length > LIMIT_BYTES) {
                throw new Refused(
                        "the first line of "
                                + source
                                + " is longer than "
                                + LIMIT_BYTES
                                + " bytes");
            }
            if (length > 0 && buffer[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw new Refused("the first line of " + source + " is empty");
            }
            return Secret.copyOf(Arrays.copyOf(buffer, length));
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }
}
