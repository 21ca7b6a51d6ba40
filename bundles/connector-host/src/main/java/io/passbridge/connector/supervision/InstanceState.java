/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.host.ConnectorStatus.Phase;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Where an instance stands, and its counters, which outlive its sessions. */
final class InstanceState {
    final AtomicLong calls = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong badRecords = new AtomicLong();
    final AtomicLong lateReports = new AtomicLong();

    private final Clock clock;
    private volatile Moment moment;

    /** A phase, why, and since when. */
    record Moment(Phase phase, String detail, Instant since) {}

    InstanceState(Clock clock) {
        this.clock = clock;
        moment = new Moment(Phase.NO_BUNDLE, "it is about to be opened", clock.instant());
    }

    Moment now() {
        return moment;
    }

    /**
     * Enters a phase.
     *
     * @return the phase before
     */
    synchronized Phase enter(Phase phase, String detail) {
        Moment before = moment;
        Instant since = before.phase() == phase ? before.since() : clock.instant();
        if (before.phase() != phase || !before.detail().equals(detail)) {
            moment = new Moment(phase, detail, since);
        }
        return before.phase();
    }
}
