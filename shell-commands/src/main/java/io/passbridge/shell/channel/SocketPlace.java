/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.channel;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the socket of a platform is: in the folder {@code run} of its data, which only its owner
 * may enter. A path that is too long for the operating system is replaced by a new private folder
 * among the temporary files, and a file in {@code run} says where.
 */
public final class SocketPlace {
    /** The address structure holds 104 bytes on macOS and the BSDs, 108 on Linux, with a zero. */
    private static final int LONGEST_PATH_BYTES = 103;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;

    /**
     * The place of a platform.
     *
     * @param data its data folder, absolute
     */
    public SocketPlace(Path data) {
        this.folder = data.resolve("run");
    }

    /** Makes the folder and forgets an old socket; the address to bind. */
    public UnixDomainSocketAddress prepare() throws IOException {
        if (posix(folder)) {
            Files.createDirectories(folder, OWNER_ONLY);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } else {
            Files.createDirectories(folder);
        }
        remove();
        Path socket = folder.resolve("exec.sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH_BYTES) {
            Path elsewhere =
                    posix(folder)
                            ? Files.createTempDirectory("passbridge-", OWNER_ONLY)
                            : Files.createTempDirectory("passbridge-");
            socket = elsewhere.resolve("exec.sock");
            Files.writeString(pointer(), socket.toString());
        }
        return UnixDomainSocketAddress.of(socket);
    }

    /** The address to connect to; nothing may listen there. */
    public UnixDomainSocketAddress find() throws IOException {
        try {
            return UnixDomainSocketAddress.of(Files.readString(pointer()).strip());
        } catch (NoSuchFileException e) {
            return UnixDomainSocketAddress.of(folder.resolve("exec.sock"));
        }
    }

    /** Removes what {@link #prepare} and the binding left. */
    public void remove() throws IOException {
        UnixDomainSocketAddress address = find();
        Files.deleteIfExists(address.getPath());
        if (Files.deleteIfExists(pointer())) {
            Files.deleteIfExists(address.getPath().getParent());
        }
    }

    private Path pointer() {
        return folder.resolve("exec.sock.path");
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
