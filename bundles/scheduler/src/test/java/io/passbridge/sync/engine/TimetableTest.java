/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.sync.simulation.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MovingClock clock = new MovingClock();
    private final Instant now = clock.instant();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Semaphore due = new Semaphore(0);
    private final Timetable timetable = new Timetable(timer, clock, due::release);

    TimetableTest() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void enter_nothingIsEntered_isNext() {
        timetable.enter(HOUR);
        assertThat(timetable.next()).contains(now.plus(HOUR));
    }

    @Test
    void enter_laterThanWhatIsEntered_changesNothing() {
        timetable.enter(HOUR);
        timetable.enter(HOUR.multipliedBy(2));
        assertThat(timetable.next()).contains(now.plus(HOUR));
        assertThat(timer.getQueue()).hasSize(1);
    }

    @Test
    void enter_earlierThanWhatIsEntered_takesItsPlace() {
        timetable.enter(HOUR);
        timetable.enter(Duration.ofMinutes(1));
        assertThat(timetable.next()).contains(now.plus(Duration.ofMinutes(1)));
        assertThat(timer.getQueue()).hasSize(1);
    }

    @Test
    void enter_noDelay_isDueAtOnce() throws InterruptedException {
        timetable.enter(HOUR);
        timetable.enter(Duration.ZERO);
        assertThat(due.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void clear_strikesOutWhatIsEntered() {
        timetable.enter(HOUR);
        timetable.clear();
        assertThat(timetable.next()).isEmpty();
        assertThat(timer.getQueue()).isEmpty();
        timetable.enter(HOUR.multipliedBy(2));
        assertThat(timetable.next()).contains(now.plus(HOUR.multipliedBy(2)));
    }
}
