/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A token or password in a file of its own, read when it is needed, so that it can be changed. */
final class SecretFile {
    private static final int MOST = 4_096;

    private SecretFile() {}

    static String read(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST) {
                throw new IOException(file + " is larger than " + MOST + " bytes");
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
                throw new IOException(file + " must hold one line");
            }
            return text;
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        }
    }
}
