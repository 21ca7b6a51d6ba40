/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final String JANE = "jane";
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Attempts attempts =
            new Attempts(clock, 2, Duration.ofSeconds(1), Duration.ofSeconds(5));

    private void allowed() {
        assertThat(attempts.begin(JANE)).isEmpty();
    }

    private void blockedFor(long millis) {
        assertThat(attempts.begin(JANE)).contains(Duration.ofMillis(millis));
    }

    private void pass(long millis) {
        now = now.plusMillis(millis);
    }

    @Test
    void pauses_beginBehindTheFreeAttempts_andDoubleUpToTheLongest() {
        allowed();
        allowed();
        allowed();
        blockedFor(1_000);
        pass(999);
        blockedFor(1);
        pass(1);
        for (long pause : new long[] {2_000, 4_000, 5_000, 5_000}) {
            allowed();
            blockedFor(pause);
            pass(pause);
        }
        assertThat(attempts.begin("joe")).as("another").isEmpty();
    }

    @Test
    void pause_doublesThirtyTimesAtMost() {
        Attempts long30 = new Attempts(clock, 0, Duration.ofMillis(1), Duration.ofDays(10_000));
        for (int failures = 1; failures <= 34; failures++) {
            assertThat(long30.begin(JANE)).isEmpty();
            Duration pause = Duration.ofMillis(1L << Math.min(failures - 1, 30));
            assertThat(long30.begin(JANE)).contains(pause);
            now = now.plus(pause);
        }
    }

    @Test
    void success_beginsAnew() {
        allowed();
        allowed();
        allowed();
        attempts.succeeded(JANE);
        assertThat(attempts.size()).isZero();
        allowed();
        allowed();
        allowed();
        blockedFor(1_000);
    }

    @Test
    void takenBack_countsOneLess_andFreesWhoeverIsBelowTheLimit() {
        allowed();
        allowed();
        allowed();
        pass(1_000);
        allowed();
        attempts.takeBack(JANE);
        blockedFor(2_000);
        attempts.takeBack(JANE);
        allowed();
        blockedFor(1_000);
        attempts.takeBack("nobody");
        attempts.takeBack(JANE);
        attempts.takeBack(JANE);
        assertThat(attempts.size()).isEqualTo(1);
        attempts.takeBack(JANE);
        assertThat(attempts.size()).isZero();
    }

    @Test
    void whoeverHasNotFailedForHalfAnHour_isForgotten() {
        allowed();
        allowed();
        now = now.plus(HALF_AN_HOUR);
        allowed();
        blockedFor(1_000);
        now = now.plus(HALF_AN_HOUR).plusMillis(1);
        allowed();
        allowed();
        allowed();
        blockedFor(1_000);
    }

    @Test
    void whoeverIsStillBlocked_isNotForgotten() {
        Attempts strict = new Attempts(clock, 0, Duration.ofHours(1), Duration.ofHours(1));
        assertThat(strict.begin(JANE)).isEmpty();
        now = now.plus(HALF_AN_HOUR).plusMillis(1);
        assertThat(strict.begin(JANE)).contains(Duration.ofMinutes(30).minusMillis(1));
    }

    @Test
    void hundredThousand_areRemembered_thoseWhoFailedLast() {
        for (int i = 0; i < 100_000; i++) {
            attempts.begin("user" + i);
        }
        assertThat(attempts.size()).isEqualTo(100_000);
        attempts.begin(JANE);
        assertThat(attempts.size()).isEqualTo(100_000);
    }
}
