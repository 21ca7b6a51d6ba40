/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A folder on disk: 0700, its files 0600 where the file system knows modes. */
public final class DiskFolder implements KeySetFolder {
    private static final Set<PosixFilePermission> OWNER_FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    public DiskFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(file) > KeySetFormat.MAX_LENGTH) {
            throw new FileSystemException(file.toString(), null, "it is too long for a key set");
        }
        return Optional.of(Files.readAllBytes(file));
    }

    @Override
    public void create(String name, byte[] content) throws IOException {
        makeFolder();
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        WholeFile.create(file, out -> out.write(content));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                folder.resolve(from),
                folder.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        WholeFile.forceFolder(folder);
    }

    @Override
    public void publish(String from, String to) throws IOException {
        Path target = folder.resolve(to);
        try {
            Files.createLink(target, folder.resolve(from));
            Files.delete(folder.resolve(from));
        } catch (UnsupportedOperationException | FileSystemException e) {
            // a file system without links, such as that of a memory stick
            if (e instanceof FileAlreadyExistsException
                    || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(folder.resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
        }
        WholeFile.forceFolder(folder);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(folder, OWNER_FOLDER);
            }
        }
    }

    @Override
    public String describe(String name) {
        return folder.resolve(name).toString();
    }
}
