/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.act;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An administrative act that is journalled as begun. Its end is journalled as what it has become:
 * the event of the act itself, or its failure.
 */
public final class Act {
    private final KeyEvents events;
    private final EventType type;
    private final String subject;
    private final String actor;
    private final Map<Fact, String> attributes;

    Act(
            KeyEvents events,
            EventType type,
            String subject,
            String actor,
            Map<Fact, String> attributes) {
        this.events = events;
        this.type = type;
        this.subject = subject;
        this.actor = actor;
        this.attributes = attributes;
    }

    /** What is said before: the act that is going to be tried, and its facts. */
    Map<Fact, String> announcement() {
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.ACT, name(type));
        facts.putAll(attributes);
        return facts;
    }

    /** It was done. */
    public void done() {
        done(Map.of());
    }

    /**
     * It was done.
     *
     * @param results facts that were not known before
     */
    public void done(Map<Fact, String> results) {
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.ACTOR, actor);
        facts.putAll(attributes);
        facts.putAll(results);
        events.happened(type, subject, facts);
    }

    /** It failed and changed nothing. */
    public void failed(KeyException why) {
        events.happened(EventType.KEY_ACT_FAILED, subject, failure(type, actor, why.getMessage()));
    }

    /** The facts of an act that failed. */
    public static Map<Fact, String> failure(EventType type, String actor, String reason) {
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.ACTOR, actor);
        facts.put(Fact.ACT, name(type));
        facts.put(Fact.REASON, reason);
        return facts;
    }

    /** {@code 9019 keys exported}. */
    private static String name(EventType type) {
        return type.number() + " " + type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
