/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.file.KeySetFolder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set's way to the event journal. What people do is journalled first or not done; what
 * happens by itself is journalled as soon as there is a journal.
 */
public final class KeyEvents {
    private static final Logger LOG = LoggerFactory.getLogger(KeyEvents.class);

    private final WaitingEvents waiting;
    private final Patience patience;
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
    KeyEvents(Patience patience, Optional<KeySetFolder> folder) {
        this.patience = patience;
        waiting = new WaitingEvents(folder, Clock.systemUTC());
    }

    /** The journal came. */
    public synchronized void journal(Journal present) {
        journal = present;
        Optional<WaitingEvents.Event> next = waiting.first();
        while (next.isPresent()
                && write(next.get().type(), next.get().subject(), next.get().attributes())) {
            waiting.removeFirst();
            next = waiting.first();
        }
        patience.signal();
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
            EventType type, String subject, Map<String, String> attributes) {
        if (journal == null || !write(type, subject, attributes)) {
            waiting.add(type, subject, attributes);
        }
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
    public Act begin(EventType type, String subject, String actor, Map<String, String> attributes)
            throws KeyException {
        patience.await(this::isThere);
        Act act = new Act(this, type, subject, actor, attributes);
        write(EventType.KEY_ACT_BEGUN, subject, actor, act.announcement());
        return act;
    }

    private synchronized void write(
            EventType type, String subject, String actor, Map<String, String> attributes)
            throws KeyException {
        if (journal == null) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "refused: the event journal is not there, and no administrative act happens"
                            + " without a record; doctor says why the store is not running");
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put(Journal.ACTOR, actor);
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

    private boolean write(EventType type, String subject, Map<String, String> attributes) {
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
