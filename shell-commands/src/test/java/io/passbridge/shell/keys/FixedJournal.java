/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A journal in memory that filters by number and subject. */
final class FixedJournal implements Journal {
    private final List<JournalRecord> records = new ArrayList<>();

    @Override
    public long record(EventType type, String subject, Map<Fact, String> facts) {
        type.require(facts.keySet());
        records.add(
                0,
                new JournalRecord(
                        records.size() + 1,
                        FakeKeys.THEN,
                        type.number(),
                        type.severity(),
                        "anna",
                        subject,
                        type.text(),
                        Fact.byName(facts),
                        "0".repeat(64)));
        return records.size();
    }

    @Override
    public List<JournalRecord> list(JournalFilter filter, int limit) {
        return records.stream()
                .filter(r -> filter.numbers().contains(r.number()))
                .filter(r -> r.subject().contains(filter.subject()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<JournalRecord> after(long sequence, int limit) {
        return List.of();
    }

    @Override
    public Verification verify() {
        return new Verification(records.size(), -1, "kept in memory");
    }
}
