/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Pulse;
import io.passbridge.monitoring.Examination.Observation;
import io.passbridge.monitoring.Examination.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthPageTest {
    private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void partThatDoesNothingAnyMore_isNamed_andIsNotGood() {
        HealthPage page =
                live(pulse("keys", Optional.empty()), pulse("routes", Optional.of("late")));

        assertThat(page.good()).isFalse();
        assertThat(page.json()).isEqualTo("{\"status\":\"stalled\",\"stalled\":[\"routes\"]}\n");
        assertThat(live(pulse("keys", Optional.empty())).good()).isTrue();
    }

    @Test
    void error_isNotGood_andSaysWhereButNotWhy() {
        HealthPage page =
                ready(
                        Finding.error("connector \"corp\"", "anna's password is wrong", "ask anna"),
                        Finding.warning("route a", "late", "wait"),
                        Finding.note("x", "y", "z"),
                        Finding.ok("route b", "runs"));

        assertThat(page.good()).isFalse();
        assertThat(page.json())
                .isEqualTo(
                        "{\"status\":\"error\",\"at\":\"2026-01-01T10:00:00Z\",\"errors\":1,"
                            + "\"warnings\":1,\"findings\":[{\"severity\":\"error\",\"part\":\"part\",\"subject\":\"connector"
                            + " \\u0022corp\\u0022\"},{\"severity\":\"warning\",\"part\":\"part\",\"subject\":\"route"
                            + " a\"}]}\n")
                .doesNotContain("anna");
    }

    @Test
    void warning_isGood() {
        HealthPage page = ready(Finding.warning("route a", "late", "wait"));

        assertThat(page.good()).isTrue();
        assertThat(page.json()).contains("\"status\":\"warning\"");
        assertThat(ready(Finding.ok("a", "b")).json()).contains("\"status\":\"ok\"");
    }

    @Test
    void whatIsNotKnownYet_isNotGood() {
        assertThat(HealthPage.ready(Optional.empty()).good()).isFalse();
    }

    private static HealthPage ready(Finding... findings) {
        List<Observation> observations =
                List.of(findings).stream().map(f -> new Observation("part", f)).toList();
        return HealthPage.ready(Optional.of(new Report(AT, Duration.ZERO, observations)));
    }

    private static HealthPage live(Pulse... pulses) {
        return HealthPage.live(new Liveness(List.of(pulses)).stalled());
    }

    private static Pulse pulse(String subject, Optional<String> stall) {
        return new Pulse() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public Optional<String> stall() {
                return stall;
            }
        };
    }
}
