/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Replaces a file in one step: it is written aside, forced to disk and moved. A kill or a loss of
 * power leaves the whole old file or the whole new one. Two writers of one file need a lock of
 * their own.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the content; the stream is buffered, and closed by the caller of this. */
    @FunctionalInterface
    public interface Content {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Replaces a file, or makes it. Its folder has to be there. Only the owner may use it; Windows
     * inherits the folder's rights.
     *
     * @throws IOException if anything fails; the old file then stays as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path aside = aside(file);
        Files.deleteIfExists(aside);
        try {
            create(aside, content);
            take(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /**
     * Replaces what a file says. Whoever may use it still may, and a link stays a link: what it
     * leads to is replaced.
     *
     * @throws IOException if anything fails; the old file then stays as it was
     */
    public static void rewrite(Path file, Content content) throws IOException {
        Path real = file.toRealPath();
        Path aside = aside(real);
        try {
            // with its modes, before there is anything to read
            Files.copy(
                    real,
                    aside,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel channel =
                    FileChannel.open(
                            aside,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                fill(channel, content);
            }
            take(aside, real);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /**
     * Makes a new file for its owner alone, forced to disk.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there; it stays as it is
     * @throws IOException if anything else fails; nothing is left of it
     */
    public static void create(Path file, Content content) throws IOException {
        boolean whole = false;
        FileChannel channel = open(file);
        try (channel) {
            fill(channel, content);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        FileAttribute<?>[] rights =
                isPosix(file.toAbsolutePath().getParent())
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), rights);
    }

    private static void fill(FileChannel channel, Content content) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.to(out);
        out.flush();
        channel.force(true);
    }

    private static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void take(Path aside, Path file) throws IOException {
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.toAbsolutePath().getParent());
    }

    /** Forces the names in a folder to disk, where the operating system opens folders. */
    public static void forceFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path folder) {
        return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
    }
}
