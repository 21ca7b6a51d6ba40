/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A journal in memory; the hash of a record is its number behind a letter of the journal. */
final class ListedJournal implements Journal {
    private String letter;
    private final List<JournalRecord> records = new ArrayList<>();

    ListedJournal(String letter) {
        this.letter = letter;
    }

    ListedJournal with(int keys) {
        for (int i = 0; i < keys; i++) {
            record(EventType.KEY_ADDED, "key " + (records.size() + 1), Map.of());
        }
        return this;
    }

    /** Loses what was recorded last; what is recorded from now on has other hashes. */
    synchronized void lose(int count, String next) {
        records.subList(records.size() - count, records.size()).clear();
        letter = next;
    }

    @Override
    public synchronized long record(EventType type, String subject, Map<Fact, String> facts) {
        records.add(
                new JournalRecord(
                        records.size() + 1L,
                        Instant.EPOCH,
                        type.number(),
                        type.severity(),
                        "system",
                        subject,
                        type.text(),
                        Fact.byName(facts),
                        letter + (records.size() + 1)));
        return records.size();
    }

    @Override
    public List<JournalRecord> list(JournalFilter filter, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized List<JournalRecord> after(long sequence, int limit) {
        return records.stream()
                .filter(record -> record.sequence() > sequence)
                .limit(limit)
                .toList();
    }

    @Override
    public Verification verify() {
        throw new UnsupportedOperationException();
    }
}
