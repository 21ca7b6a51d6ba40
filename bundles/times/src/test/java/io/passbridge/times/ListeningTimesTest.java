/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTimesTest {
    private long now = Long.MAX_VALUE - 1;
    private final ListeningTimes times = new ListeningTimes(Duration.ofSeconds(15), () -> now);

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    /** The moments at which attempts are made, in milliseconds from now. */
    private List<Integer> attempts(int millis) {
        List<Integer> made = new ArrayList<>();
        for (int at = 0; at <= millis; at += 100) {
            if (times.attemptDue()) {
                made.add(at);
            }
            pass(100);
        }
        return made;
    }

    @Test
    void poll_isDueAtOnceAndThenByTheClock() {
        assertThat(times.pollDue()).isTrue();
        pass(14_999);
        assertThat(times.pollDue()).isFalse();
        pass(1);
        assertThat(times.pollDue()).isTrue();
        assertThat(times.pollDue()).isFalse();
    }

    @Test
    void attempts_areMadeAfterTwiceAsLongEachTime_atTheLatestWithTheClock() {
        assertThat(attempts(50_000))
                .containsExactly(0, 500, 1_500, 3_500, 7_500, 15_500, 30_500, 45_500);
    }

    @Test
    void connectionThatServed_isMadeAnewAtOnce() {
        attempts(20_000);

        times.connected();

        assertThat(attempts(2_000)).containsExactly(0, 500, 1_500);
    }

    @Test
    void refusal_waitsForTheClock() {
        assertThat(times.attemptDue()).isTrue();

        times.refused();

        assertThat(attempts(31_000)).containsExactly(15_000, 30_000);
    }

    @Test
    void pollShorterThanTheShortestWait_setsTheWait() {
        ListeningTimes often = new ListeningTimes(Duration.ofMillis(200), () -> now);
        assertThat(often.attemptDue()).isTrue();
        pass(200);

        assertThat(often.attemptDue()).isTrue();
    }
}
