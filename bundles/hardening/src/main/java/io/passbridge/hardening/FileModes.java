/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for files that others than their owner may read where secrets are kept, or may write where
 * code and configuration are loaded from. Symbolic links are not followed.
 */
final class FileModes {
    private static final int MOST_FILES = 20_000;
    private static final int MOST_NAMED = 5;
    private static final Set<PosixFilePermission> OTHERS_READ =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private FileModes() {}

    /** A folder whose content nobody else may read or change. */
    static Finding secret(String name, Path folder) {
        return inspect(
                name,
                folder,
                true,
                "readable or writable by others, although it may hold what protects secrets",
                "chmod -R go-rwx " + folder);
    }

    /** A folder whose content nobody else may change. */
    static Finding trusted(String name, Path folder) {
        return inspect(
                name,
                folder,
                false,
                "writable by others, who could make the platform run what they like",
                "chmod -R go-w " + folder);
    }

    private static Finding inspect(
            String name, Path folder, boolean secret, String fault, String remedy) {
        if (!Files.isDirectory(folder)) {
            return Finding.ok(name, folder + " is not there yet");
        }
        try {
            if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                return Finding.note(
                        name,
                        "this system has no file modes",
                        "Let only the platform's account use " + folder);
            }
            if (secret && isClosed(folder)) {
                return Finding.ok(name, folder + " is closed to others");
            }
            Walk walk = new Walk(secret);
            Files.walkFileTree(folder, walk);
            if (walk.faulty.isEmpty()) {
                return Finding.ok(
                        name,
                        folder
                                + ": "
                                + Finding.count(
                                        walk.seen,
                                        "file has a proper mode",
                                        "files have proper modes"));
            }
            return Finding.warning(
                    name,
                    walk.count
                            + " of "
                            + Finding.count(walk.seen, "file", "files")
                            + (walk.count == 1 ? " is " : " are ")
                            + fault
                            + ": "
                            + String.join(", ", walk.faulty)
                            + (walk.count > walk.faulty.size() ? ", ..." : ""),
                    remedy);
        } catch (IOException e) {
            return Finding.warning(name, folder + " cannot be examined: " + e.getMessage(), remedy);
        }
    }

    /** Nobody else gets into it, so the modes inside do not matter. */
    private static boolean isClosed(Path folder) throws IOException {
        return Files.getPosixFilePermissions(folder).stream()
                .allMatch(right -> right.name().startsWith("OWNER_"));
    }

    /** Collects the first faulty files. */
    private static final class Walk extends SimpleFileVisitor<Path> {
        private final List<String> faulty = new ArrayList<>();
        private final boolean secret;
        private int count;
        private int seen;

        Walk(boolean secret) {
            this.secret = secret;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            return look(folder, false);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            return attributes.isSymbolicLink() ? FileVisitResult.CONTINUE : look(file, secret);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it went away meanwhile
        }

        private FileVisitResult look(Path path, boolean forbidReading) throws IOException {
            Set<PosixFilePermission> rights =
                    Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            seen++;
            if (rights.stream().anyMatch(OTHERS_WRITE::contains)
                    || forbidReading && rights.stream().anyMatch(OTHERS_READ::contains)) {
                count++;
                if (faulty.size() < MOST_NAMED) {
                    faulty.add(path.toString());
                }
            }
            return seen < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
    }
}
