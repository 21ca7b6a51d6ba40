/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.health;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words: Java's own message is often no more than its name. */
public final class FileTrouble {
    private FileTrouble() {}

    /**
     * The reason alone, to stand behind the file's name in a sentence. Thread-safe.
     *
     * @param trouble as the file system told it; not null
     * @return never null or empty
     */
    public static String reason(IOException trouble) {
        if (trouble instanceof AccessDeniedException) {
            return "access denied";
        }
        if (trouble instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        String told =
                trouble instanceof FileSystemException about
                        ? about.getReason()
                        : trouble.getMessage();
        return told == null || told.isEmpty() ? trouble.getClass().getSimpleName() : told;
    }
}
