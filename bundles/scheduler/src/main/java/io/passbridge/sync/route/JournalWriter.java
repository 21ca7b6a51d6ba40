/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
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
public final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private final Journal journal;
    private final String subject;
    private final String token;

    public JournalWriter(Journal journal, String route) {
        this(journal, "route " + route, "");
    }

    private JournalWriter(Journal journal, String subject, String token) {
        this.journal = journal;
        this.subject = subject;
        this.token = token;
    }

    /** The same, whose records of exports name the fencing token that they were made under. */
    public JournalWriter under(long fencingToken) {
        return new JournalWriter(journal, subject, "" + fencingToken);
    }

    /** For what concerns every route. */
    public static JournalWriter ofAllRoutes(Journal journal) {
        return new JournalWriter(journal, "all routes", "");
    }

    public void note(EventType type, Map<Fact, String> attributes) {
        Map<Fact, String> facts = attributes;
        if (!token.isEmpty() && type.facts().contains(Fact.TOKEN)) {
            facts = new LinkedHashMap<>(attributes);
            facts.put(Fact.TOKEN, token);
        }
        try {
            journal.record(type, subject, facts);
        } catch (JournalException e) {
            LOG.warn("{}: event {} was not journalled: {}", subject, type.number(), e.getMessage());
        }
    }

    /** Before an administrative act takes effect. */
    public void act(EventType type, String actor, Map<Fact, String> attributes)
            throws SyncException {
        Map<Fact, String> all = new LinkedHashMap<>(attributes);
        if (!actor.isBlank()) {
            all.put(Fact.ACTOR, actor);
        }
        try {
            journal.record(type, subject, all);
        } catch (JournalException e) {
            throw new SyncException(
                    "nothing was done, because it could not be journalled: " + e.getMessage(), e);
        }
    }
}
