/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** What this server alone keeps: its id in the lease. */
record LocalFolder(Path path) {
    /** The folder below the platform's data folder, or below the working directory without one. */
    static LocalFolder below(String dataFolder) {
        Path data = dataFolder == null ? Path.of("data") : Path.of(dataFolder);
        return new LocalFolder(data.toAbsolutePath().resolve("scheduler"));
    }

    /**
     * The same after a restart, so that a killed server takes its own lease up at once; another one
     * on another machine, even if the folder was copied there.
     */
    String serverId() {
        Path file = path.resolve("server-id");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(path);
                Path aside = path.resolve("server-id.new");
                Files.writeString(aside, UUID.randomUUID().toString());
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return hostName() + "/" + Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " cannot be read or written: " + e.getMessage(), e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
