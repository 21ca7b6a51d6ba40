/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the events of one connector instance. */
public final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int BURST = 10;

    private final HostServices platform;
    private final String subject;
    private final Map<EventType, Budget> budgets = new HashMap<>();

    public EventRecorder(HostServices platform, String instance) {
        this.platform = platform;
        this.subject = "connector " + instance;
    }

    /** Records an observation; that the journal cannot be written is logged only. */
    public void record(EventType type, Map<Fact, String> attributes) {
        try {
            Optional<Journal> journal = platform.journal();
            if (journal.isPresent()) {
                journal.get().record(type, subject, attributes);
            }
        } catch (JournalException e) {
            LOG.warn("event {} of {} is not in the journal: {}", type, subject, e.getMessage());
        }
    }

    /** Records an observation that may come in masses: ten a minute, then a count. */
    public void recordLimited(EventType type, Map<Fact, String> attributes) {
        long suppressed;
        synchronized (budgets) {
            Budget budget = budgets.computeIfAbsent(type, t -> new Budget());
            if (!budget.take(platform.clock().instant())) {
                return;
            }
            suppressed = budget.reported();
        }
        if (suppressed == 0) {
            record(type, attributes);
        } else {
            Map<Fact, String> more = new java.util.LinkedHashMap<>(attributes);
            more.put(Fact.SUPPRESSED, Long.toString(suppressed));
            record(type, more);
        }
    }

    /** Records an administrative act, which is refused if it cannot be recorded. */
    public void require(EventType type, String act, Map<Fact, String> attributes)
            throws ConnectorException {
        Journal journal =
                platform.journal()
                        .orElseThrow(
                                () ->
                                        refused(
                                                act,
                                                "there is no event journal; doctor tells what is"
                                                        + " missing"));
        try {
            journal.record(type, subject, attributes);
        } catch (JournalException e) {
            throw refused(act, "the event journal cannot be written: " + e.getMessage());
        }
    }

    private ConnectorException refused(String act, String reason) {
        return new ConnectorException(
                Kind.REJECTED, act + " of " + subject + " was refused: " + reason);
    }

    private static final class Budget {
        private Instant until = Instant.MIN;
        private int left;
        private long suppressed;

        boolean take(Instant now) {
            if (now.isAfter(until)) {
                until = now.plus(PERIOD);
                left = BURST;
            }
            if (left == 0) {
                suppressed++;
                return false;
            }
            left--;
            return true;
        }

        long reported() {
            long count = suppressed;
            suppressed = 0;
            return count;
        }
    }
}
