/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * One process writes to a data folder. The operating system keeps the lock and drops it when the
 * process ends in whatever way; the content only says who holds it.
 */
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    /**
     * Who holds the lock.
     *
     * @param pid its process
     * @param since when it took the lock
     */
    public record Holder(long pid, Instant since) {}

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a data folder.
     *
     * @throws LaunchException if another process holds it
     */
    public static DataLock take(Path data) throws IOException, LaunchException {
        FileChannel channel =
                FileChannel.open(
                        file(data),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw LaunchException.failed(
                    data
                            + " is in use by "
                            + read(data)
                                    .map(h -> "process " + h.pid() + " since " + h.since())
                                    .orElse("another process")
                            + "; stop it with bin/passbridge stop, or set PASSBRIDGE_DATA to"
                            + " another folder");
        }
        String content =
                ProcessHandle.current().pid()
                        + "\n"
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                        + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        return new DataLock(channel);
    }

    /** Who holds the lock of a data folder now; empty if nobody does. */
    public static Optional<Holder> holder(Path data) throws IOException, LaunchException {
        if (Files.notExists(file(data))) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file(data), StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            return lock == null ? read(data) : Optional.empty();
        } catch (AccessDeniedException e) {
            throw notOurs(data, e);
        }
    }

    /** Nothing is known of what somebody may not look at. */
    private static LaunchException notOurs(Path data, AccessDeniedException e) throws IOException {
        String owner = Files.getOwner(data).getName();
        return LaunchException.failed(
                "whether a platform runs on "
                        + data
                        + " cannot be told: the folder belongs to "
                        + owner
                        + ", and the account "
                        + System.getProperty("user.name")
                        + " may not look into it; run this as "
                        + owner,
                e);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Optional<Holder> read(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file(data));
            return Optional.of(
                    new Holder(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1))));
        } catch (NoSuchFileException
                | NumberFormatException
                | DateTimeParseException
                | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Path file(Path data) {
        return data.resolve("lock");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
