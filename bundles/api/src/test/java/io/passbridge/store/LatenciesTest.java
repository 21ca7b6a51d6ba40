/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.sync.Promptness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentile_isNeverTooShort_andAtMostASixteenthTooLong() {
        LongStream.concat(LongStream.range(0, 5_000), LongStream.of(65_535, 65_536, 86_400_000L))
                .forEach(
                        millis -> {
                            Latencies one = of(millis);
                            long told = one.percentile(50).orElseThrow().toMillis();
                            assertThat(told).isBetween(millis, millis + millis / 16);
                            assertThat(one.counts()).hasSize(1);
                        });
    }

    @Test
    void percentiles_ofManyTogether() {
        Latencies fast =
                Latencies.of(IntStream.range(0, 990).mapToObj(i -> Duration.ofMillis(8)).toList());
        Latencies slow =
                Latencies.of(IntStream.range(0, 10).mapToObj(i -> Duration.ofSeconds(30)).toList());
        Latencies all = fast.plus(slow);
        assertThat(all.total()).isEqualTo(1_000);
        assertThat(all.percentile(50)).contains(Duration.ofMillis(8));
        assertThat(all.percentile(99)).contains(Duration.ofMillis(8));
        assertThat(all.percentile(99.1).orElseThrow()).isGreaterThan(Duration.ofSeconds(29));
        assertThat(Latencies.NONE.percentile(50)).isEmpty();
        assertThat(all.plus(Latencies.NONE)).isEqualTo(all);
    }

    @Test
    void lengthsOutsideTheScale_countAtItsEnds() {
        assertThat(of(-5_000).percentile(50)).contains(Duration.ZERO);
        Latencies years =
                Latencies.of(List.of(Duration.ofDays(4_000), Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(years.counts()).hasSize(1);
        assertThat(years.percentile(50).orElseThrow()).isGreaterThan(Duration.ofDays(24));
    }

    @Test
    void objective_isMissedByWhatTookLonger_andByNothingElse() {
        assertThat(promptness(Latencies.NONE, 1).missed()).isFalse();
        assertThat(promptness(of(900), 1).missed()).isFalse();
        assertThat(promptness(of(1_100), 1).missed()).isTrue();
        assertThat(Promptness.of(of(1_100), Optional.empty()).missed()).isFalse();
    }

    private static Promptness promptness(Latencies latencies, int seconds) {
        return Promptness.of(latencies, Optional.of(Duration.ofSeconds(seconds)));
    }

    private static Latencies of(long millis) {
        return Latencies.of(List.of(Duration.ofMillis(millis)));
    }
}
