/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ConnectorException;
import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.CycleFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FailureStreakTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** Neither earlier nor later than the rule says. */
    private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;

    private final FailureStreak streak =
            new FailureStreak(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), MIDDLE));

    private static CycleFailure failure(String message) {
        return new CycleFailure(CycleFailure.Kind.SOURCE, message);
    }

    @Test
    void add_eachTime_waitsLongerUpToTheMost() {
        assertThat(streak.add(failure("a"), NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(streak.add(failure("b"), NOW)).isEqualTo(Duration.ofSeconds(2));
        assertThat(streak.add(failure("c"), NOW)).isEqualTo(Duration.ofSeconds(4));
        assertThat(streak.add(failure("d"), NOW)).isEqualTo(Duration.ofSeconds(5));
        assertThat(streak.reason()).isEqualTo("d");
    }

    @Test
    void end_beginsAnew() {
        streak.add(failure("a"), NOW);
        streak.add(failure("a"), NOW);
        streak.end();
        assertThat(streak.isRunning()).isFalse();
        assertThat(streak.reason()).isEmpty();
        assertThat(streak.add(failure("b"), NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(streak.isRunning()).isTrue();
    }

    @Test
    void add_systemAsksForMoreTime_getsIt() {
        ConnectorException busy = ConnectorException.rateLimited("busy", NOW.plusSeconds(90));
        assertThat(streak.add(CycleFailure.target("cloud", busy), NOW))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void add_systemAsksForLessTime_waitsByTheRule() {
        ConnectorException busy = ConnectorException.rateLimited("busy", NOW.minusSeconds(1));
        assertThat(streak.add(CycleFailure.target("cloud", busy), NOW))
                .isEqualTo(Duration.ofSeconds(1));
    }
}
