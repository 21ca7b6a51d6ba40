/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells log and journal what became of jars; what happens before there is a journal waits. */
final class News {
    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    /** More than that is told by the log alone. */
    private static final int MOST_WAITING = 100;

    private record Item(EventType type, String file, Map<Fact, String> facts) {}

    private final Queue<Item> waiting = new ArrayDeque<>();
    private Journal journal;

    synchronized void to(Journal arrived) {
        journal = arrived;
        while (journal != null && !waiting.isEmpty()) {
            write(waiting.remove());
        }
    }

    synchronized void without(Journal leaving) {
        if (journal == leaving) {
            journal = null;
        }
    }

    synchronized void record(EventType type, String file, Map<Fact, String> facts) {
        LOG.warn("{}: {} {}", file, type.text(), facts.values());
        Item item = new Item(type, file, facts);
        if (journal != null) {
            write(item);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(item);
        }
    }

    private void write(Item item) {
        try {
            journal.record(item.type(), item.file(), item.facts());
        } catch (JournalException e) {
            LOG.warn("{} could not be journalled: {}", item.file(), e.getMessage());
        }
    }
}
