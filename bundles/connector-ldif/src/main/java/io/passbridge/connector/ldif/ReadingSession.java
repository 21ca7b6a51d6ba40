/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import java.io.IOException;
import java.nio.channels.FileChannel;
import javax.crypto.Mac;

/** A reading of the file over several pages: where it stands and which users it has brought. */
final class ReadingSession implements AutoCloseable {
    private final FileState state;
    private final RecordStream records;
    private final Mac mac;
    private final AnchorSet seen;
    private FilePosition next;
    private boolean closed;

    private ReadingSession(FileState state, RecordStream records, Mac mac, AnchorSet seen) {
        this.state = state;
        this.records = records;
        this.mac = mac;
        this.seen = seen;
    }

    /** Begins at the beginning. */
    static ReadingSession fromStart(
            LdifFile file, FileState state, Fingerprint fingerprint, BadRecords bad)
            throws IOException {
        Mac mac = fingerprint.begin();
        RecordStream records = file.stream(file.channel(), 0, 0, state.size(), mac::update, bad);
        return new ReadingSession(state, records, mac, new AnchorSet());
    }

    /**
     * Goes on where an earlier reading ended, if the part of the file that it read is still the
     * same; else begins again.
     *
     * @param former the session that ended there, or null after a restart
     */
    static ReadingSession from(
            FilePosition position,
            ReadingSession former,
            LdifFile file,
            FileState state,
            Fingerprint fingerprint,
            BadRecords bad,
            EntryMapping mapping)
            throws IOException {
        if (position.offset() <= state.size()) {
            FileChannel channel = file.channel();
            Mac mac = fingerprint.over(channel, position.offset());
            if (Fingerprint.value(mac).equals(position.fingerprint())) {
                AnchorSet seen =
                        former != null && position.equals(former.next)
                                ? former.seen
                                : anchors(file, position, mapping);
                RecordStream records =
                        file.stream(
                                channel,
                                position.offset(),
                                position.line(),
                                state.size(),
                                mac::update,
                                bad);
                return new ReadingSession(state, records, mac, seen);
            }
            channel.close();
        }
        return fromStart(file, state, fingerprint, bad);
    }

    private static AnchorSet anchors(LdifFile file, FilePosition position, EntryMapping mapping)
            throws IOException {
        AnchorSet seen = new AnchorSet();
        try (RecordStream records = file.beginning(position.offset())) {
            FileRecord record;
            while ((record = records.next(true)) != null) {
                if (record instanceof FileRecord.Content content) {
                    mapping.anchor(content.entry()).ifPresent(seen::add);
                }
                record.close();
            }
        }
        return seen;
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

    AnchorSet seen() {
        return seen;
    }

    /** The position behind everything that has been read. */
    FilePosition advance() {
        next = new FilePosition(state, records.offset(), records.line(), Fingerprint.value(mac));
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
    }
}
