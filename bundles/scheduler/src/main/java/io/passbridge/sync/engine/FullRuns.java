/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.sync.route.JournalWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells when full runs of routes begin and have all been completed. */
final class FullRuns {
    private final Journal journal;
    private final Set<String> open = new HashSet<>();

    FullRuns(Journal journal) {
        this.journal = journal;
    }

    synchronized void begun(String route) {
        if (open.isEmpty()) {
            JournalWriter.ofAllRoutes(journal).note(EventType.FULL_STARTED_FOREST, Map.of());
        }
        open.add(route);
    }

    synchronized void completed(String route, Map<Fact, String> numbers) {
        new JournalWriter(journal, route).note(EventType.FULL_COMPLETED, numbers);
        if (open.remove(route) && open.isEmpty()) {
            JournalWriter.ofAllRoutes(journal).note(EventType.FULL_COMPLETED_FOREST, Map.of());
        }
    }

    synchronized void gone(String route) {
        open.remove(route);
    }
}
