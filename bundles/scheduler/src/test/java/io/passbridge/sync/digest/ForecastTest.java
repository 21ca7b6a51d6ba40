/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private static Run run(boolean full, long applied, int seconds, String reason) {
        return new Run(
                1,
                "r",
                full,
                START,
                Optional.of(START.plusSeconds(seconds)),
                reason.isEmpty() ? Result.SUCCESS : Result.FAILED,
                applied,
                applied,
                0,
                0,
                0,
                reason);
    }

    @Test
    void lastFullRun_saysMoreThanTheScheme() {
        List<Run> history =
                List.of(
                        run(false, 3, 60, ""),
                        run(true, 500, 1, "broken off"),
                        run(true, 10_000, 10, ""),
                        run(true, 10_000, 99, ""));

        Forecast forecast = Forecast.of(20_000, history, 100).orElseThrow();

        assertThat(forecast.likely()).isEqualTo(Duration.ofSeconds(20));
        assertThat(forecast.least()).isBetween(Duration.ofSeconds(13), Duration.ofSeconds(14));
        assertThat(forecast.most()).isEqualTo(Duration.ofSeconds(30));
    }

    /** The first run makes the users; in later ones the target has everybody already. */
    @Test
    void laterFullRun_inWhichTheTargetHadEverybody_countsMoreThanTheFirst() {
        List<Run> history = List.of(unchanged(10_000, 5), run(true, 10_000, 9, ""));

        assertThat(Forecast.of(10_000, history, 100).orElseThrow().likely())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void runThatOnlyLookedAtEverybody_saysNothingOfOneThatSends() {
        List<Run> history = List.of(unchanged(10_000, 1), run(true, 10_000, 9, ""));

        assertThat(Forecast.of(10_000, history, 100).orElseThrow().likely())
                .isEqualTo(Duration.ofSeconds(9));
    }

    private static Run unchanged(long users, int seconds) {
        return new Run(
                1,
                "r",
                true,
                START,
                Optional.of(START.plusSeconds(seconds)),
                Result.SUCCESS,
                users,
                0,
                users,
                0,
                0,
                "");
    }

    @Test
    void withoutARun_theSchemesOwnRateGivesAWiderRange() {
        Forecast forecast = Forecast.of(10_000, List.of(), 100).orElseThrow();

        assertThat(forecast.likely()).isEqualTo(Duration.ofSeconds(100));
        assertThat(forecast.least()).isLessThan(Duration.ofSeconds(10));
        assertThat(Forecast.of(10_000, List.of(), 0)).isEmpty();
    }

    /** The next run was measured 1.8 to 2.9 times as fast with 10,000 users, 1.31 with 100,000. */
    @Test
    void afterTheFirstRun_theNextIsForecastFaster_withinTheFactorOfBothSizes() {
        Forecast forecast =
                Forecast.of(10_000, List.of(run(true, 10_000, 39, "")), 100).orElseThrow();

        assertThat(forecast.likely()).isEqualTo(Duration.ofSeconds(20));
        assertThat(forecast.least()).isLessThan(Duration.ofMillis((long) (39_000 / 2.9)));
        assertThat(forecast.most()).isGreaterThan(Duration.ofMillis((long) (39_000 / 1.31)));
    }

    @Test
    void runThatSendsNobody_isNotMeasuredByThoseThatDid() {
        assertThat(Forecast.of(0, List.of(run(true, 10_000, 10, "")), 100)).isEmpty();
    }
}
