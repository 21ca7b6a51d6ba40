/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.following.RecordMemory.Mark;
import io.passbridge.connector.ldif.record.BadRecords;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import io.passbridge.connector.ldif.record.RecordStream;
import io.passbridge.connector.ldif.user.EntryMapping;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import javax.crypto.Mac;

/** A reading of the file over several pages: where it stands and which users it has brought. */
final class ReadingSession implements AutoCloseable {
    /** How much of the end of what was read is looked at before what was appended is read. */
    private static final long TAIL = 1 << 16;

    private final Means means;
    private final FileState state;
    private final RecordStream records;
    private final Mac mac;
    private final SeenRecords seen;
    private final LaterRecords later;
    private final boolean proven;
    private FilePosition next;
    private String tail;
    private boolean closed;

    private ReadingSession(
            Means means,
            FileState state,
            RecordStream records,
            Mac mac,
            SeenRecords seen,
            LaterRecords later,
            boolean proven) {
        this.means = means;
        this.state = state;
        this.records = records;
        this.mac = mac;
        this.seen = seen;
        this.later = later;
        this.proven = proven;
    }

    /** What every reading of one file needs. */
    record Means(
            FileAccess access,
            Fingerprint fingerprint,
            PrefixProof proof,
            RecordMemory memory,
            BadRecords bad) {
        LdifFile file() {
            return access.file();
        }

        String settings() {
            return access.reading();
        }

        EntryMapping mapping() {
            return access.mapping();
        }

        RecordPrint prints() {
            return new RecordPrint(fingerprint.begin(), mapping());
        }
    }

    /**
     * Begins at the beginning.
     *
     * @param before what was met in the content that this one took the place of
     */
    static ReadingSession fromStart(Means means, FileState state, Mark before) throws IOException {
        LaterRecords later = LaterRecords.behind(means.file(), Place.START, state, means.mapping());
        Optional<RecordTable> known = means.memory().recall(before);
        SeenRecords seen =
                new SeenRecords(
                        means.prints(),
                        new RecordTable(),
                        means.memory().begin(),
                        known.orElseGet(RecordTable::new),
                        known.isPresent() ? before : Mark.NONE);
        return open(means, state, means.fingerprint().begin(), Place.START, seen, later, true);
    }

    /**
     * Goes on where an earlier reading ended, if the part of the file that it read is still the
     * same and would be read in the same way; else begins again. If the reading ended there a
     * moment ago, what has been appended is read first and the rest proven afterwards: that takes
     * as long as the file is, and nearly never shows anything.
     *
     * @param former the session that stands there, closed, or null if none does
     */
    static ReadingSession from(
            Means means, FilePosition position, ReadingSession former, FileState state)
            throws IOException {
        if (position.offset() <= state.size() && position.settings().equals(means.settings())) {
            boolean goesOn = former != null;
            if (goesOn && former.endsAlike(state)) {
                return goOn(means, position, former.mac, state, former.over(position), false);
            }
            Optional<RecordTable> met =
                    goesOn ? Optional.of(former.seen.met()) : means.memory().recall(position.met());
            RecordTable anchors = new RecordTable();
            Mac mac;
            if (met.isEmpty()) {
                mac = dealtWith(means, position, state, anchors);
            } else if (goesOn) {
                mac = means.proof().upTo(position.offset(), state);
            } else {
                mac = means.proof().notingPlacesUpTo(position.offset(), state);
            }
            if (Fingerprint.value(mac).equals(position.fingerprint())) {
                SeenRecords seen =
                        goesOn ? former.over(position) : seen(means, position, met, anchors);
                return goOn(means, position, mac, state, seen, true);
            }
        }
        return fromStart(means, state, position.met());
    }

    private SeenRecords over(FilePosition position) {
        return seen.over(means.memory().goOn(position.met()));
    }

    private static ReadingSession goOn(
            Means means,
            FilePosition position,
            Mac mac,
            FileState state,
            SeenRecords seen,
            boolean proven)
            throws IOException {
        Place place = new Place(position.offset(), position.line());
        LaterRecords later = LaterRecords.behind(means.file(), place, state, means.mapping());
        return open(means, state, mac, place, seen, later, proven);
    }

    /** Whether the file as it is now looks like what this session read to its end, and more. */
    private boolean endsAlike(FileState now) throws IOException {
        return next.isProven()
                && tail != null
                && now.identity().equals(state.identity())
                && tail.equals(tail());
    }

    private String tail() throws IOException {
        try (FileChannel channel = means.file().channel()) {
            long end = next.offset();
            return Fingerprint.value(
                    means.fingerprint().over(channel, Math.max(0, end - TAIL), end));
        }
    }

    private static ReadingSession open(
            Means means,
            FileState state,
            Mac mac,
            Place place,
            SeenRecords seen,
            LaterRecords later,
            boolean proven)
            throws IOException {
        try {
            RecordStream records =
                    means.file().stream(
                            means.file().channel(),
                            place.offset(),
                            place.line(),
                            state.size(),
                            mac::update,
                            means.bad());
            return new ReadingSession(means, state, records, mac, seen, later, proven);
        } catch (IOException trouble) {
            seen.close();
            throw trouble;
        }
    }

    private static SeenRecords seen(
            Means means, FilePosition position, Optional<RecordTable> met, RecordTable anchors)
            throws IOException {
        return new SeenRecords(
                means.prints(),
                met.orElse(anchors),
                met.isPresent() ? means.memory().goOn(position.met()) : means.memory().begin(),
                means.memory().recall(position.before()).orElseGet(RecordTable::new),
                position.before());
    }

    /**
     * Passes over what has been dealt with, once.
     *
     * @param anchors where to note who is in it
     * @return what has seen those bytes
     */
    private static Mac dealtWith(
            Means means, FilePosition position, FileState state, RecordTable anchors)
            throws IOException {
        return means.proof()
                .visitingUpTo(
                        position.offset(),
                        state,
                        (record, line) -> {
                            if (record instanceof FileRecord.Content content) {
                                means.mapping()
                                        .anchor(content.entry())
                                        .map(RecordTable::key)
                                        .ifPresent(key -> anchors.put(key, RecordTable.UNKNOWN));
                            }
                            record.close();
                        });
    }

    /** Whether this session stands where a caller wants to go on. */
    boolean isAt(FilePosition position) {
        return next != null && next.equals(position);
    }

    /** Whether it goes on in the file as it is now. */
    boolean goesOnIn(FileState now) {
        return !closed && state.equals(now);
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
    FilePosition advance(boolean more) throws IOException {
        FilePosition read =
                new FilePosition(
                        state,
                        records.offset(),
                        records.line(),
                        Fingerprint.value(mac),
                        seen.mark(),
                        more ? seen.beforeMark() : Mark.NONE,
                        means.settings());
        next = proven ? read : read.unproven();
        tail = more && records.offset() < state.size() ? null : tail();
        return next;
    }

    /** Whether what lies before the place at which this session began has been looked at. */
    boolean isProven() {
        return proven;
    }

    /** Whether this content has been read to its end. */
    boolean isEnded() {
        return tail != null;
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
