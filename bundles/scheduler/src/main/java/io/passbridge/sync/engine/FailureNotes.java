/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
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
public final class FailureNotes {
    public static final Duration RATE = Duration.ofMinutes(30);

    private static final Logger LOG = LoggerFactory.getLogger(FailureNotes.class);

    private final String route;
    private final JournalWriter journal;
    private final Clock clock;
    private CycleFailure.Cause last;
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
        beat(EventType.PING_FAILED, Map.of(Fact.REASON, failure.getMessage()));
        if (failure.origin().equals(last) && now.isBefore(again) && !stopsTheRoute(failure)) {
            return;
        }
        last = failure.origin();
        again = now.plus(RATE);
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.REASON, failure.getMessage());
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

    /** A route that was stopped does not fail again unless somebody resumed it. */
    private static boolean stopsTheRoute(CycleFailure failure) {
        return failure.kind() == CycleFailure.Kind.DELETIONS;
    }

    void succeeded() {
        if (last != null) {
            LOG.info("route {}: works again", route);
            last = null;
            again = Instant.EPOCH;
        }
        beat(EventType.PING_COMPLETED, Map.of());
    }

    private void beat(EventType type, Map<Fact, String> facts) {
        Instant now = clock.instant();
        if (!now.isBefore(heartbeat)) {
            heartbeat = now.plus(RATE);
            journal.note(EventType.PING_STARTED, Map.of());
            journal.note(type, facts);
        }
    }
}
