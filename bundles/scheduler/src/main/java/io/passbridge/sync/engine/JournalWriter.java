/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.sync.SyncException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a route's events. What cycles do is journalled as far as possible; acts of people
 * strictly.
 */
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private final Journal journal;
    private final String subject;

    JournalWriter(Journal journal, String route) {
        this(journal, "route", route);
    }

    private JournalWriter(Journal journal, String kind, String name) {
        this.journal = journal;
        this.subject = kind + " " + name;
    }

    /** For what concerns every route. */
    static JournalWriter ofAllRoutes(Journal journal) {
        return new JournalWriter(journal, "all", "routes");
    }

    void note(EventType type, Map<String, String> attributes) {
        try {
            journal.record(type, subject, attributes);
        } catch (JournalException e) {
            LOG.warn("{}: event {} was not journalled: {}", subject, type.number(), e.getMessage());
        }
    }

    /** Before an administrative act takes effect. */
    void act(EventType type, String actor, Map<String, String> attributes) throws SyncException {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        if (!actor.isBlank()) {
            all.put(Journal.ACTOR, actor);
        }
        try {
            journal.record(type, subject, all);
        } catch (JournalException e) {
            throw new SyncException(
                    "nothing was done, because it could not be journalled: " + e.getMessage(), e);
        }
    }
}
