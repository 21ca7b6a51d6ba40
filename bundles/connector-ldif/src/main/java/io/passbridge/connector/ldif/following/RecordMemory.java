/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What an instance remembers of the records it has given out: logs of keyed fingerprints in its
 * data folder. A watermark names the log and how much of it counts, so that what was never recorded
 * is not remembered either. A log that is gone or damaged means that everybody is given out again,
 * and nothing else. Old logs are removed; so many are kept that routes and forecasts that read the
 * same file do not take each other's away.
 */
final class RecordMemory {
    private static final int MOST_LOGS = 200;
    private static final long MOST_BYTES = 256L << 20;

    private static final String PREFIX = "records-";

    private final Path folder;
    private final Clock clock;
    private final int mostLogs;
    private final long mostBytes;

    RecordMemory(Path folder, Clock clock) {
        this(folder, clock, MOST_LOGS, MOST_BYTES);
    }

    /**
     * @param mostLogs and most bytes that are kept beside the log that is being written
     */
    RecordMemory(Path folder, Clock clock, int mostLogs, long mostBytes) {
        this.folder = folder;
        this.clock = clock;
        this.mostLogs = mostLogs;
        this.mostBytes = mostBytes;
    }

    /**
     * How much of which log counts.
     *
     * @param log its name, or empty if there is none
     * @param count entries
     * @param check sum over them
     */
    record Mark(String log, int count, long check) {
        static final Mark NONE = new Mark("", 0, 0);

        /** With the following entry. */
        Mark and(long key, long print) {
            return new Mark(log, count + 1, mixed(mixed(check, key), print));
        }

        private static long mixed(long sum, long part) {
            return Long.rotateLeft((sum ^ part) * 0x9E3779B97F4A7C15L, 29);
        }

        @Override
        public String toString() {
            return log + "," + count + "," + Long.toHexString(check);
        }

        /**
         * Reads the form that {@link #toString} writes.
         *
         * @throws IllegalArgumentException if the text is not of that form
         */
        static Mark parse(String text) {
            String[] parts = text.split(",", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not a mark");
            }
            if (!parts[0].isEmpty()) {
                UUID.fromString(parts[0]); // a name, never a path
            }
            return new Mark(
                    parts[0], Integer.parseInt(parts[1]), Long.parseUnsignedLong(parts[2], 16));
        }
    }

    /** An empty log. */
    RecordLog begin() {
        tidyUp();
        Mark empty = new Mark(UUID.randomUUID().toString(), 0, 0);
        return new RecordLog(file(empty), empty);
    }

    private void tidyUp() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> logs =
                    files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                            .sorted(Comparator.comparing(RecordMemory::used).reversed())
                            .toList();
            long bytes = 0;
            for (int i = 0; i < logs.size(); i++) {
                bytes += Files.size(logs.get(i));
                if (i >= mostLogs || bytes > mostBytes) {
                    Files.deleteIfExists(logs.get(i));
                }
            }
        } catch (IOException trouble) {
            // the next reading tries again
        }
    }

    private static FileTime used(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    /** What a mark stands for, or empty if that is not known any more. */
    Optional<RecordTable> recall(Mark mark) {
        if (mark.log().isEmpty()) {
            return Optional.empty();
        }
        RecordTable table = new RecordTable();
        Mark found = new Mark(mark.log(), 0, 0);
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(file(mark)), 1 << 16))) {
            while (found.count() < mark.count()) {
                long key = in.readLong();
                long print = in.readLong();
                found = found.and(key, print);
                table.put(key, print);
            }
            Files.setLastModifiedTime(file(mark), FileTime.from(clock.instant()));
        } catch (IOException gone) {
            return Optional.empty();
        }
        return found.equals(mark) ? Optional.of(table) : Optional.empty();
    }

    /** Goes on with a log behind what counts of it. */
    RecordLog goOn(Mark mark) {
        return new RecordLog(file(mark), mark);
    }

    private Path file(Mark mark) {
        return folder.resolve(PREFIX + mark.log());
    }
}
