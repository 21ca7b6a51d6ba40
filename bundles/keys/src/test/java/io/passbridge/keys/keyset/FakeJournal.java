/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A journal in memory that can refuse to write. */
public final class FakeJournal implements Journal {
    public final List<JournalRecord> records = new ArrayList<>();
    private boolean refusing;

    public void refuse(boolean from) {
        refusing = from;
    }

    @Override
    public long record(EventType type, String subject, Map<Fact, String> facts)
            throws JournalException {
        type.require(facts.keySet());
        if (refusing) {
            throw new JournalException("the disk is full", null);
        }
        records.add(
                new JournalRecord(
                        records.size() + 1L,
                        Instant.EPOCH,
                        type.number(),
                        type.severity(),
                        facts.getOrDefault(Fact.ACTOR, "system"),
                        subject,
                        type.text(),
                        Fact.byName(facts),
                        "0".repeat(64)));
        return records.size();
    }

    public List<Integer> numbers() {
        return records.stream().map(JournalRecord::number).toList();
    }

    @Override
    public List<JournalRecord> list(JournalFilter filter, int limit) {
        return List.copyOf(records);
    }

    @Override
    public List<JournalRecord> after(long sequence, int limit) {
        return records.subList((int) sequence, records.size());
    }

    @Override
    public Verification verify() {
        return new Verification(records.size(), -1, "kept in memory");
    }
}
