/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ConnectorException;
import io.passbridge.event.EventType;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.simulation.MemoryJournal;
import io.passbridge.sync.simulation.MovingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureNotesTest {
    private final MovingClock clock = new MovingClock();
    private final MemoryJournal events = new MemoryJournal();
    private final FailureNotes notes = new FailureNotes("r", new JournalWriter(events, "r"), clock);

    private void source(ConnectorException.Kind kind, String words) {
        notes.failed(CycleFailure.source("corp", new ConnectorException(kind, words)), false);
    }

    private long noted(EventType type) {
        return events.numbers().stream().filter(number -> number == type.number()).count();
    }

    @Test
    void failed_sameCauseInOtherWords_isNotedOnce() {
        source(ConnectorException.Kind.UNREACHABLE, "no answer after 3001 ms");
        source(ConnectorException.Kind.UNREACHABLE, "no answer after 3002 ms");
        assertThat(noted(EventType.SOURCE_FAILED)).isEqualTo(1);
    }

    @Test
    void failed_anotherCauseInTheSameWords_isNoted() {
        source(ConnectorException.Kind.UNREACHABLE, "it said no");
        source(ConnectorException.Kind.PERMISSION, "it said no");
        assertThat(noted(EventType.SOURCE_FAILED)).isEqualTo(2);
    }

    @Test
    void failed_forHalfAnHour_isNotedAgain() {
        source(ConnectorException.Kind.UNREACHABLE, "away");
        clock.advance(FailureNotes.RATE.plus(Duration.ofSeconds(1)));
        source(ConnectorException.Kind.UNREACHABLE, "away");
        assertThat(noted(EventType.SOURCE_FAILED)).isEqualTo(2);
    }

    @Test
    void failed_afterASuccess_isNoted() {
        source(ConnectorException.Kind.UNREACHABLE, "away");
        notes.succeeded();
        source(ConnectorException.Kind.UNREACHABLE, "away");
        assertThat(noted(EventType.SOURCE_FAILED)).isEqualTo(2);
    }

    @Test
    void failed_byTheDeletionThreshold_isNotedEachTime() {
        for (int run = 0; run < 2; run++) {
            notes.failed(new CycleFailure(CycleFailure.Kind.DELETIONS, "too many"), false);
        }
        assertThat(noted(EventType.DELETION_THRESHOLD)).isEqualTo(2);
    }
}
