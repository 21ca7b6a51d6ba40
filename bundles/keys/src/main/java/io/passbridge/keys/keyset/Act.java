/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
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
    private final Map<String, String> attributes;

    Act(
            KeyEvents events,
            EventType type,
            String subject,
            String actor,
            Map<String, String> attributes) {
        this.events = events;
        this.type = type;
        this.subject = subject;
        this.actor = actor;
        this.attributes = attributes;
    }

    /** What is said before: the act that is going to be tried, and its facts. */
    Map<String, String> announcement() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("act", name(type));
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
    public void done(Map<String, String> results) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(Journal.ACTOR, actor);
        facts.putAll(attributes);
        facts.putAll(results);
        events.happened(type, subject, facts);
    }

    /** It failed and changed nothing. */
    public void failed(KeyException why) {
        events.happened(EventType.KEY_ACT_FAILED, subject, failure(type, actor, why.getMessage()));
    }

    /** The facts of an act that failed. */
    public static Map<String, String> failure(EventType type, String actor, String reason) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(Journal.ACTOR, actor);
        facts.put("act", name(type));
        facts.put("reason", reason);
        return facts;
    }

    /** {@code 9019 keys exported}. */
    private static String name(EventType type) {
        return type.number() + " " + type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
