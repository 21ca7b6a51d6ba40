/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that only the platform's own user may enter. */
public final class DataFolder {
    private static final String OWNER_ONLY = "rwx------";

    private DataFolder() {}

    /** Makes sure that the folder of an instance is there and closed to others. */
    public static Path of(Path data, String instance) throws IOException {
        Path parent = ownerOnly(data.resolve("connectors"));
        return ownerOnly(parent.resolve(instance));
    }

    private static Path ownerOnly(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            return Files.createDirectories(folder);
        }
        try {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(OWNER_ONLY)));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
        }
        return folder;
    }
}
