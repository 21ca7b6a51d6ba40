/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The name of this server in the store, under which it holds the writer's lease. The file is the
 * scheduler's; it is made here if this server never ran a cycle, in the same form.
 */
public final class ServerId {
    private final Path folder;

    /**
     * @param data the platform's data folder
     */
    public ServerId(Path data) {
        folder = data.toAbsolutePath().resolve("scheduler");
    }

    /** The name, made on the first call on this server. */
    public String read() throws KeyException {
        Path file = folder.resolve("server-id");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                Path aside = folder.resolve("server-id.new");
                Files.writeString(aside, UUID.randomUUID().toString());
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return host() + "/" + Files.readString(file).strip();
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO, file + " cannot be read or written: " + e.getMessage(), e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
