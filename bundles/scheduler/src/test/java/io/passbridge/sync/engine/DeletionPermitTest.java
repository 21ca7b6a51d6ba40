/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.simulation.MovingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeletionPermitTest {
    private final MovingClock clock = new MovingClock();
    private final DeletionPermit permit = new DeletionPermit(clock);
    private final DeletionLeave leave =
            new DeletionLeave(3, clock.instant().plus(Duration.ofHours(1)));

    @Test
    void leave_endsWithTheRunThatUsedIt() {
        assertThat(permit.given()).isEmpty();
        permit.give(leave);
        assertThat(permit.given()).contains(leave);
        permit.use();
        assertThat(permit.given()).isEmpty();
    }

    @Test
    void leave_endsUnused_atItsTime() {
        permit.give(leave);
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(permit.given()).contains(leave);
        clock.advance(Duration.ofMillis(1));
        assertThat(permit.given()).isEmpty();
    }
}
