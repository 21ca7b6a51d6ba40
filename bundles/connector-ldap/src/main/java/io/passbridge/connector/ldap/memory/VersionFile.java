/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.memory;

import io.passbridge.files.WholeFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

/**
 * The durable form of what is remembered: records of 32 bytes, appended as users change, written
 * anew when most of them are out of date. The last record of a user counts. A record that a crash
 * cut off is dropped: its user's version is found out again, and is the same.
 */
final class VersionFile implements AutoCloseable {
    private static final int RECORD = 32;
    private static final long REMOVED = -1;
    private static final int SLACK = 1_000;

    private final OutputStream out;

    private VersionFile(OutputStream out) {
        this.out = out;
    }

    /**
     * @param discard whether what stands in the file is of no use
     * @param known takes what the file holds
     */
    static VersionFile open(Path path, boolean discard, Map<UUID, PasswordVersions.Known> known)
            throws IOException {
        long records = discard || Files.notExists(path) ? 0 : read(path, known);
        boolean torn = Files.exists(path) && Files.size(path) != records * RECORD;
        if (torn || records > 2L * known.size() + SLACK) {
            rewrite(path, known);
        }
        return new VersionFile(
                new BufferedOutputStream(
                        Files.newOutputStream(
                                path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
    }

    private static long read(Path path, Map<UUID, PasswordVersions.Known> known)
            throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(path));
        long records = 0;
        while (content.remaining() >= RECORD) {
            UUID id = new UUID(content.getLong(), content.getLong());
            PasswordVersions.Known it =
                    new PasswordVersions.Known(content.getLong(), content.getLong());
            if (it.version() == REMOVED) {
                known.remove(id);
            } else {
                known.put(id, it);
            }
            records++;
        }
        return records;
    }

    private static void rewrite(Path path, Map<UUID, PasswordVersions.Known> known)
            throws IOException {
        WholeFile.write(
                path,
                out -> {
                    for (Map.Entry<UUID, PasswordVersions.Known> it : known.entrySet()) {
                        PasswordVersions.Known value = it.getValue();
                        out.write(record(it.getKey(), value.fingerprint(), value.version()));
                    }
                });
    }

    void append(UUID id, PasswordVersions.Known it) throws IOException {
        out.write(record(id, it.fingerprint(), it.version()));
    }

    void appendRemoval(UUID id) throws IOException {
        out.write(record(id, 0, REMOVED));
    }

    /** Hands everything to the operating system, which keeps it if the platform is killed. */
    void flush() throws IOException {
        out.flush();
    }

    private static byte[] record(UUID id, long fingerprint, long version) {
        return ByteBuffer.allocate(RECORD)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(fingerprint)
                .putLong(version)
                .array();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            // what is missing is found out again
        }
    }
}
