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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set's way to the event journal. What people do is journalled first or not done; what
 * happens by itself is journalled as soon as there is a journal.
 */
public final class KeyEvents {
    private static final Logger LOG = LoggerFactory.getLogger(KeyEvents.class);
    private static final int MAX_WAITING = 50;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Patience patience;
    private Journal journal;

    public KeyEvents(Patience patience) {
        this.patience = patience;
    }

    private record Waiting(EventType type, String subject, Map<String, String> attributes) {}

    /** The journal came. */
    public synchronized void journal(Journal present) {
        journal = present;
        while (!waiting.isEmpty() && write(waiting.peekFirst())) {
            waiting.removeFirst();
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
        Waiting event = new Waiting(type, subject, attributes);
        if (journal == null || !write(event)) {
            if (waiting.size() == MAX_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(event);
        }
    }

    /** Forgets events of a type that still wait: they are no longer true. */
    public synchronized void forget(EventType type) {
        waiting.removeIf(event -> event.type() == type);
    }

    /**
     * Records what somebody is about to do.
     *
     * @throws KeyException with {@link Kind#NOT_ALLOWED} if it cannot be recorded: then it must not
     *     be done
     */
    public void about(EventType type, String subject, String actor, Map<String, String> attributes)
            throws KeyException {
        patience.await(this::isThere);
        write(type, subject, actor, attributes);
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

    /** Records that what was announced failed and changed nothing. */
    public void failed(EventType type, String subject, String actor, KeyException why) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(Journal.ACTOR, actor);
        attributes.put("outcome", "failed");
        attributes.put("reason", why.getMessage());
        happened(type, subject, attributes);
    }

    private boolean write(Waiting event) {
        try {
            journal.record(event.type(), event.subject(), event.attributes());
            return true;
        } catch (JournalException e) {
            LOG.warn(
                    "event {} of {} waits for the journal: {}",
                    event.type().number(),
                    event.subject(),
                    e.getMessage());
            return false;
        }
    }
}
