/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.act;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.file.KeySetFolder;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set's way to the event journal. What people do is journalled first or not done; what
 * happens by itself is journalled as soon as there is a journal.
 */
public final class KeyEvents {
    private static final Logger LOG = LoggerFactory.getLogger(KeyEvents.class);
    private static final int MOST_ABANDONED = 1_000;

    private final WaitingEvents waiting;
    private final Patience patience;
    private final Set<UUID> abandoned = new HashSet<>();
    private Journal journal;

    /** Keeps waiting events in memory. */
    public KeyEvents(Patience patience) {
        this(patience, Optional.empty());
    }

    /**
     * Makes the way to a journal that is not there yet.
     *
     * @param folder keeps waiting events until there is a journal, in this process or a later one
     */
    public KeyEvents(Patience patience, Optional<KeySetFolder> folder) {
        this.patience = patience;
        waiting = new WaitingEvents(folder, Clock.systemUTC());
    }

    /** The journal came. */
    public void journal(Journal present) {
        write(present);
        // not under the lock, which those who wait take to look whether the journal is there
        patience.signal();
    }

    private synchronized void write(Journal present) {
        journal = present;
        Optional<WaitingEvents.Event> next = waiting.first();
        while (next.isPresent()
                && write(next.get().type(), next.get().subject(), next.get().attributes())) {
            waiting.removeFirst();
            next = waiting.first();
        }
    }

    private synchronized boolean isThere() {
        return journal != null;
    }

    /** The journal went. */
    public synchronized void noJournal(Journal gone) {
        if (journal == gone) {
            journal = null;
        }
    }

    /** Records what happened by itself, now or when there is a journal. */
    public synchronized void happened(
            EventType type, String subject, Map<Fact, String> attributes) {
        if (journal == null || !write(type, subject, attributes)) {
            waiting.add(type, subject, attributes);
        }
    }

    /**
     * Whether a key set was abandoned by somebody who confirmed it, and whose values are given up
     * with it. Without a journal that says so, it was not.
     */
    public synchronized boolean abandoned(UUID keySet) {
        if (journal == null || abandoned.contains(keySet)) {
            return abandoned.contains(keySet);
        }
        JournalFilter filter =
                new JournalFilter(Set.of(EventType.KEYS_ABANDONED.number()), "", Optional.empty());
        try {
            String id = keySet.toString();
            for (JournalRecord record : journal.list(filter, MOST_ABANDONED)) {
                if (record.subject().contains(id)
                        || record.attributes()
                                .getOrDefault(Fact.LOST_KEY_SETS.text(), "")
                                .contains(id)) {
                    abandoned.add(keySet);
                }
            }
        } catch (JournalException e) {
            LOG.warn("abandoned key sets are not known: {}", e.getMessage());
        }
        return abandoned.contains(keySet);
    }

    /** Forgets events of a type that still wait: they are no longer true. */
    public synchronized void forget(EventType type) {
        waiting.removeAll(type);
    }

    /**
     * Records that somebody is about to do something. What comes of it is for the act that is
     * returned to record: an event says what happened, never what was going to.
     *
     * @param type what it is going to be if it succeeds
     * @throws KeyException with {@link Kind#NOT_ALLOWED} if it cannot be recorded: then it must not
     *     be done
     */
    public Act begin(EventType type, String subject, String actor, Map<Fact, String> attributes)
            throws KeyException {
        patience.await(this::isThere);
        Act act = new Act(this, type, subject, actor, attributes);
        write(EventType.KEY_ACT_BEGUN, subject, actor, act.announcement());
        return act;
    }

    private synchronized void write(
            EventType type, String subject, String actor, Map<Fact, String> attributes)
            throws KeyException {
        if (journal == null) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "refused: the event journal is not there, and no administrative act happens"
                            + " without a record; doctor says why the store is not running");
        }
        Map<Fact, String> all = new LinkedHashMap<>();
        all.put(Fact.ACTOR, actor);
        all.putAll(attributes);
        try {
            journal.record(type, subject, all);
        } catch (JournalException e) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "refused: the event journal cannot be written (" + e.getMessage() + ")",
                    e);
        }
    }

    private boolean write(EventType type, String subject, Map<Fact, String> attributes) {
        try {
            journal.record(type, subject, attributes);
            return true;
        } catch (JournalException e) {
            LOG.warn(
                    "event {} of {} waits for the journal: {}",
                    type.number(),
                    subject,
                    e.getMessage());
            return false;
        }
    }
}
