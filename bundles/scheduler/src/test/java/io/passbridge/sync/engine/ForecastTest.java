/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
                reason.isEmpty() ? "success" : "failed",
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

    @Test
    void withoutARun_theSchemesOwnRateGivesAWiderRange() {
        Forecast forecast = Forecast.of(10_000, List.of(), 100).orElseThrow();

        assertThat(forecast.likely()).isEqualTo(Duration.ofSeconds(100));
        assertThat(forecast.least()).isLessThan(Duration.ofSeconds(10));
        assertThat(Forecast.of(10_000, List.of(), 0)).isEmpty();
    }
}
