/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A journal in memory that remembers types and facts. */
final class RecordedEvents implements Journal {
    private final List<EventType> types = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();

    List<EventType> types() {
        return types;
    }

    List<String> facts() {
        return facts;
    }

    @Override
    public long record(EventType type, String subject, Map<Fact, String> attributes) {
        type.require(attributes.keySet());
        types.add(type);
        facts.add(new TreeMap<>(attributes).toString());
        return types.size();
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
        return new Verification(types.size(), -1, "");
    }
}
