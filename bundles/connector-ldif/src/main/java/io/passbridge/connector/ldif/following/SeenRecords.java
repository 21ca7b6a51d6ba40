/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.following.RecordMemory.Mark;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.SourceAnchor;
import java.util.OptionalLong;

/**
 * What a reading has met of each user, and what the reading before it met, so that whoever is as
 * before is not given out again.
 */
final class SeenRecords implements AutoCloseable {
    private final RecordPrint prints;
    private final RecordTable met;
    private final RecordLog log;
    private final RecordTable before;
    private final Mark beforeMark;

    /**
     * @param met so far, kept
     * @param log where that is noted
     * @param before what the last reading of another content met; may be empty
     */
    SeenRecords(
            RecordPrint prints,
            RecordTable met,
            RecordLog log,
            RecordTable before,
            Mark beforeMark) {
        this.prints = prints;
        this.met = met;
        this.log = log;
        this.before = before;
        this.beforeMark = beforeMark;
    }

    boolean contains(SourceAnchor anchor) {
        return met.contains(RecordTable.key(anchor));
    }

    /** Notes that there is such a user, and nothing of what the file says. */
    void note(SourceAnchor anchor) {
        put(RecordTable.key(anchor), RecordTable.UNKNOWN);
    }

    private void put(long key, long print) {
        met.put(key, print);
        log.add(key, print);
    }

    /**
     * What the file says of a user, if it says something new.
     *
     * @return its fingerprint, for {@link #give} once the user can be told of
     */
    OptionalLong news(SourceAnchor anchor, Entry entry, AccountState state) {
        long key = RecordTable.key(anchor);
        long print = prints.of(entry, state);
        long known = met.print(key);
        if (known == RecordTable.UNKNOWN) {
            known = before.print(key);
        }
        if (print == known) {
            put(key, print);
            return OptionalLong.empty();
        }
        return OptionalLong.of(print);
    }

    /** Notes what is told of a user. */
    void give(SourceAnchor anchor, long print) {
        put(RecordTable.key(anchor), print);
    }

    /** The same over a log that has been opened anew. */
    SeenRecords over(RecordLog reopened) {
        return new SeenRecords(prints, met, reopened, before, beforeMark);
    }

    RecordTable met() {
        return met;
    }

    int size() {
        return met.size();
    }

    Mark mark() {
        return log.mark();
    }

    Mark beforeMark() {
        return beforeMark;
    }

    @Override
    public void close() {
        log.close();
    }
}
