/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.sync.DeletionLeave;
import java.time.Clock;
import java.util.Optional;

/** The operator's leave, as long as it has not ended. Safe for use by threads. */
final class DeletionPermit {
    private final Clock clock;
    private DeletionLeave leave;

    DeletionPermit(Clock clock) {
        this.clock = clock;
    }

    synchronized void give(DeletionLeave given) {
        leave = given;
    }

    synchronized void use() {
        leave = null;
    }

    synchronized Optional<DeletionLeave> given() {
        if (leave != null && !clock.instant().isBefore(leave.until())) {
            leave = null;
        }
        return Optional.ofNullable(leave);
    }
}
