/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the ends of a route are there. Files that are put into place together are read one after
 * the other, a starting platform opens one connector after the other, and a bundle that is swapped
 * is away for a moment: that is waited for, and no failure before it lasts. Safe for use by
 * threads.
 */
final class Arrival {
    /** Longer than the files of a folder take to be read, and a bundle to be swapped. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConnectorRegistry connectors;
    private final String source;
    private final String target;
    private final Clock clock;
    private Instant awaitedSince;

    Arrival(ConnectorRegistry connectors, String source, String target, Clock clock) {
        this.connectors = connectors;
        this.source = source;
        this.target = target;
        this.clock = clock;
    }

    /** Whether an end is away, and not for longer than that may take. */
    synchronized boolean isAwaited() {
        if (Stream.of(source, target).noneMatch(this::isAway)) {
            awaitedSince = null;
            return false;
        }
        Instant now = clock.instant();
        if (awaitedSince == null) {
            awaitedSince = now;
        }
        return now.isBefore(awaitedSince.plus(PATIENCE));
    }

    private boolean isAway(String end) {
        Optional<Phase> phase = connectors.instance(end).map(ConnectorStatus::phase);
        return phase.isEmpty() || phase.get() == Phase.NO_BUNDLE || phase.get() == Phase.DRAINING;
    }

    /** The sessions of both ends now. */
    Ends ends() {
        return new Ends(connectors.session(source), connectors.session(target));
    }

    /**
     * The sessions of both ends at some moment. A run that failed because an end was swapped under
     * it need not wait as long as one that failed by itself.
     */
    record Ends(long source, long target) {
        boolean openedSince(Ends before) {
            return source != 0 && target != 0 && !equals(before);
        }
    }
}
