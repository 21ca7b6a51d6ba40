/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal that keeps its records in memory and can be made to fail. */
public final class MemoryJournal implements Journal {
    final List<Entry> entries = new CopyOnWriteArrayList<>();
    volatile boolean broken;

    record Entry(EventType type, String subject, Map<Fact, String> facts) {}

    @Override
    public long record(EventType type, String subject, Map<Fact, String> facts)
            throws JournalException {
        type.require(facts.keySet());
        if (broken) {
            throw new JournalException("disk full", null);
        }
        entries.add(new Entry(type, subject, Map.copyOf(facts)));
        return entries.size();
    }

    List<Entry> of(EventType type) {
        return entries.stream().filter(entry -> entry.type() == type).toList();
    }

    @Override
    public List<JournalRecord> list(JournalFilter filter, int limit) {
        return List.of();
    }

    @Override
    public List<JournalRecord> after(long sequence, int limit) {
        return List.of();
    }

    @Override
    public Verification verify() {
        return new Verification(entries.size(), -1, "intact");
    }
}
