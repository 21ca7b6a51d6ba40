/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.ldif.RecordMemory.Mark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import javax.crypto.Mac;

/** A reading of the file over several pages: where it stands and which users it has brought. */
final class ReadingSession implements AutoCloseable {
    private final FileState state;
    private final RecordStream records;
    private final Mac mac;
    private final SeenRecords seen;
    private final LaterRecords later;
    private final String settings;
    private FilePosition next;
    private boolean closed;

    private ReadingSession(
            FileState state,
            RecordStream records,
            Mac mac,
            SeenRecords seen,
            LaterRecords later,
            String settings) {
        this.state = state;
        this.records = records;
        this.mac = mac;
        this.seen = seen;
        this.later = later;
        this.settings = settings;
    }

    /** What every reading of one file needs. */
    record Means(
            LdifFile file,
            EntryMapping mapping,
            Fingerprint fingerprint,
            RecordMemory memory,
            BadRecords bad) {
        RecordPrint prints() {
            return new RecordPrint(fingerprint.begin(), mapping);
        }

        String settings() {
            return file.settings().reading();
        }
    }

    /**
     * Begins at the beginning.
     *
     * @param before what was met in the content that this one took the place of
     */
    static ReadingSession fromStart(Means means, FileState state, Mark before) throws IOException {
        LaterRecords later = LaterRecords.behind(means.file(), 0, 0, state, means.mapping());
        Optional<RecordTable> known = means.memory().recall(before);
        SeenRecords seen =
                new SeenRecords(
                        means.prints(),
                        new RecordTable(),
                        means.memory().begin(),
                        known.orElseGet(RecordTable::new),
                        known.isPresent() ? before : Mark.NONE);
        return open(means, state, means.fingerprint().begin(), 0, 0, seen, later);
    }

    /**
     * Goes on where an earlier reading ended, if the part of the file that it read is still the
     * same and would be read in the same way; else begins again.
     *
     * @param former the session that ended there, closed, or null after a restart
     */
    static ReadingSession from(
            Means means, FilePosition position, ReadingSession former, FileState state)
            throws IOException {
        if (position.offset() <= state.size() && position.settings().equals(means.settings())) {
            Mac mac;
            try (FileChannel channel = means.file().channel()) {
                mac = means.fingerprint().over(channel, position.offset());
            }
            if (Fingerprint.value(mac).equals(position.fingerprint())) {
                LaterRecords later =
                        LaterRecords.behind(
                                means.file(),
                                position.offset(),
                                position.line(),
                                state,
                                means.mapping());
                SeenRecords seen =
                        former != null && position.equals(former.next)
                                ? former.seen.over(means.memory().goOn(position.met()))
                                : seen(means, position);
                return open(means, state, mac, position.offset(), position.line(), seen, later);
            }
        }
        return fromStart(means, state, position.met());
    }

    private static ReadingSession open(
            Means means,
            FileState state,
            Mac mac,
            long offset,
            long line,
            SeenRecords seen,
            LaterRecords later)
            throws IOException {
        try {
            RecordStream records =
                    means.file().stream(
                            means.file().channel(),
                            offset,
                            line,
                            state.size(),
                            mac::update,
                            means.bad());
            return new ReadingSession(state, records, mac, seen, later, means.settings());
        } catch (IOException trouble) {
            seen.close();
            throw trouble;
        }
    }

    private static SeenRecords seen(Means means, FilePosition position) throws IOException {
        RecordTable before = means.memory().recall(position.before()).orElseGet(RecordTable::new);
        Optional<RecordTable> met = means.memory().recall(position.met());
        return met.isPresent()
                ? new SeenRecords(
                        means.prints(),
                        met.get(),
                        means.memory().goOn(position.met()),
                        before,
                        position.before())
                : new SeenRecords(
                        means.prints(),
                        anchors(means, position),
                        means.memory().begin(),
                        before,
                        position.before());
    }

    private static RecordTable anchors(Means means, FilePosition position) throws IOException {
        RecordTable met = new RecordTable();
        try (RecordStream records = means.file().beginning(position.offset())) {
            FileRecord record;
            while ((record = records.next(true)) != null) {
                if (record instanceof FileRecord.Content content) {
                    means.mapping()
                            .anchor(content.entry())
                            .ifPresent(
                                    anchor ->
                                            met.put(RecordTable.key(anchor), RecordTable.UNKNOWN));
                }
                record.close();
            }
        }
        return met;
    }

    /** Whether this session stands where a caller wants to go on, in the file as it is now. */
    boolean continues(FilePosition position, FileState now) {
        return !closed && position.equals(next) && state.equals(now);
    }

    FileState state() {
        return state;
    }

    RecordStream records() {
        return records;
    }

    SeenRecords seen() {
        return seen;
    }

    LaterRecords later() {
        return later;
    }

    /**
     * The position behind everything that has been read.
     *
     * @param more whether this content has not been read to its end
     */
    FilePosition advance(boolean more) {
        next =
                new FilePosition(
                        state,
                        records.offset(),
                        records.line(),
                        Fingerprint.value(mac),
                        seen.mark(),
                        more ? seen.beforeMark() : Mark.NONE,
                        settings);
        return next;
    }

    /** How many users the whole file holds, judged by the part that has been read; or -1. */
    long expectedUsers() {
        long offset = records.offset();
        return offset == 0 ? -1 : (long) (seen.size() * ((double) state.size() / offset));
    }

    @Override
    public void close() {
        closed = true;
        records.close();
        seen.close();
    }
}
