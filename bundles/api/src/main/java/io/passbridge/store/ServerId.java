/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import io.passbridge.files.WholeFile;
import io.passbridge.health.FileTrouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The name of this server in the store, under which it holds its leases. The same after a restart,
 * so that a killed server takes its own lease up at once; another one on another machine, even if
 * the folder was copied there. Thread-safe.
 */
public final class ServerId {
    private final Path folder;

    /**
     * @param data the platform's data folder
     */
    public ServerId(Path data) {
        folder = data.toAbsolutePath().resolve("scheduler");
    }

    /**
     * The name, made on the first call on this server.
     *
     * @throws IOException if its file can be neither read nor made; the message names it
     */
    public String read() throws IOException {
        Path file = folder.resolve("server-id");
        try {
            make(file);
            return host() + "/" + Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(file + " cannot be read or written: " + FileTrouble.reason(e), e);
        }
    }

    /** One at a time, whichever bundle asks: the first name that is read stays the name. */
    private static void make(Path file) throws IOException {
        synchronized (ServerId.class) {
            if (!Files.exists(file)) {
                byte[] name = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
                Files.createDirectories(file.getParent());
                WholeFile.write(file, out -> out.write(name));
            }
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
