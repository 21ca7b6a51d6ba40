/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Journals what the policy does. It is there before the store and outlives it, so events wait for a
 * journal; the newest few are kept. Thread-safe.
 */
@Component(service = FipsEvents.class)
public final class FipsEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FipsEvents.class);
    private static final int WAITING = 50;
    private static final String SUBJECT = "fips policy";

    private final Deque<Event> waiting = new ArrayDeque<>();
    private Journal journal;

    private record Event(EventType type, Map<Fact, String> facts) {}

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void setJournal(Journal present) {
        journal = present;
        write();
    }

    synchronized void unsetJournal(Journal gone) {
        if (journal == gone) {
            journal = null;
        }
    }

    /** Writes an event, now or as soon as there is a journal. */
    public synchronized void record(EventType type, Map<Fact, String> facts) {
        if (waiting.size() == WAITING) {
            Event lost = waiting.removeFirst();
            LOG.warn("there is no journal for event {}: {}", lost.type().number(), lost.facts());
        }
        waiting.addLast(new Event(type, facts));
        write();
    }

    private void write() {
        while (journal != null && !waiting.isEmpty()) {
            Event event = waiting.getFirst();
            try {
                journal.record(event.type(), SUBJECT, event.facts());
                waiting.removeFirst();
            } catch (JournalException e) {
                LOG.warn(
                        "event {} waits for the journal: {}",
                        event.type().number(),
                        e.getMessage());
                return;
            }
        }
    }
}
