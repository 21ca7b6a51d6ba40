/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps events in memory. */
public final class MemoryJournal implements Journal {
    public final List<JournalRecord> records = new CopyOnWriteArrayList<>();
    public boolean broken;

    @Override
    public synchronized long record(EventType type, String subject, Map<Fact, String> facts)
            throws JournalException {
        type.require(facts.keySet());
        if (broken) {
            throw new JournalException("the disk is full", null);
        }
        records.add(
                new JournalRecord(
                        records.size() + 1,
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

    public synchronized List<Integer> numbers() {
        return records.stream().map(JournalRecord::number).toList();
    }

    @Override
    public List<JournalRecord> list(JournalFilter filter, int limit) {
        return List.copyOf(records);
    }

    @Override
    public List<JournalRecord> after(long sequence, int limit) {
        return List.of();
    }

    @Override
    public Verification verify() {
        return new Verification(records.size(), -1, "");
    }
}
