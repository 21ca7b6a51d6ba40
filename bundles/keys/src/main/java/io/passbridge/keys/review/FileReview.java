/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.review;

import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether others can reach the key set's files, and whether sealed values lie where no owner is.
 */
public final class FileReview {
    /** How the base64 form of a sealed value begins: the magic and the format version. */
    private static final String SEALED = "UEJTVgEB";

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final Path etc;

    public FileReview(Path folder, Path etc) {
        this.folder = folder;
        this.etc = etc;
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            if (Files.isDirectory(folder)) {
                mode(folder, "700", findings);
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                    for (Path file : files) {
                        mode(file, "600", findings);
                    }
                }
            }
            if (Files.isDirectory(etc)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(etc, "*.cfg")) {
                    for (Path file : files) {
                        unclaimed(file, findings);
                    }
                }
            }
        } catch (IOException e) {
            findings.add(
                    Finding.warning(
                            "files of the key set",
                            "cannot be examined: " + e.getMessage(),
                            "give the folders to the account the platform runs as"));
        }
        return findings;
    }

    private static void mode(Path file, String right, List<Finding> findings) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> mode = view.readAttributes().permissions();
        if (!OWNER.containsAll(mode)) {
            findings.add(
                    Finding.warning(
                            file.toString(),
                            "has mode " + PosixFilePermissions.toString(mode),
                            "chmod " + right + " " + file));
        }
    }

    private static void unclaimed(Path file, List<Finding> findings) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains(SEALED)) {
            findings.add(
                    Finding.warning(
                            file.toString(),
                            "holds a sealed value that no owner claims: it is neither counted nor"
                                    + " re-encrypted",
                            "remove it; account:set NAME stores a secret where it belongs"));
        }
    }
}
