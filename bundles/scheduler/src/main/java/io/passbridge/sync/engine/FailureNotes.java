/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a route's runs fail: once when the failure begins or changes, then every half hour, and
 * a heartbeat every half hour while all is well.
 */
final class FailureNotes {
    static final Duration RATE = Duration.ofMinutes(30);

    private static final Logger LOG = LoggerFactory.getLogger(FailureNotes.class);

    private final String route;
    private final JournalWriter journal;
    private final Clock clock;
    private String last = "";
    private Instant again = Instant.EPOCH;
    private Instant heartbeat;

    FailureNotes(String route, JournalWriter journal, Clock clock) {
        this.route = route;
        this.journal = journal;
        this.clock = clock;
        this.heartbeat = clock.instant().plus(RATE);
    }

    void failed(CycleFailure failure, boolean full) {
        Instant now = clock.instant();
        beat(EventType.PING_FAILED, Map.of("reason", failure.getMessage()));
        if (failure.getMessage().equals(last) && now.isBefore(again)) {
            return;
        }
        last = failure.getMessage();
        again = now.plus(RATE);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("reason", failure.getMessage());
        switch (failure.kind()) {
            case SOURCE, EXPIRED -> journal.note(EventType.SOURCE_FAILED, facts);
            case TARGET, DIGEST, CONFIGURATION -> journal.note(EventType.BATCH_FAILED, facts);
            case LEGACY -> journal.note(EventType.LEGACY_REFUSED, facts);
            case STORE -> journal.note(EventType.STATE_STORE_FAILED, facts);
            case DELETIONS -> journal.note(EventType.DELETION_THRESHOLD, facts);
            case FENCED, STOPPED -> {
                return;
            }
        }
        if (full) {
            journal.note(EventType.FULL_FAILED, facts);
        }
        LOG.warn("route {}: the run failed: {}", route, failure.getMessage());
    }

    void succeeded() {
        if (!last.isEmpty()) {
            LOG.info("route {}: works again", route);
            last = "";
            again = Instant.EPOCH;
        }
        beat(EventType.PING_COMPLETED, Map.of());
    }

    private void beat(EventType type, Map<String, String> facts) {
        Instant now = clock.instant();
        if (!now.isBefore(heartbeat)) {
            heartbeat = now.plus(RATE);
            journal.note(EventType.PING_STARTED, Map.of());
            journal.note(type, facts);
        }
    }
}
