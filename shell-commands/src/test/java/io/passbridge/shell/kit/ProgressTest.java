/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void screen_showsBarRateAndRemainingTime() {
        try (Progress progress = progress(80)) {
            progress.total(10_000);
            clock.addAndGet(Duration.ofSeconds(2).toNanos());
            progress.done(2500);
        }

        String[] states = text().split("\r");
        assertThat(states[1])
                .startsWith("cycle [#######------")
                .contains(" 25%  2,500 of 10,000  1,250/s  0:06 left")
                .hasSizeLessThanOrEqualTo(80);
        assertThat(text()).endsWith(System.lineSeparator());
    }

    @Test
    void noScreen_getsPlainLinesNowAndThen() {
        try (Progress progress = progress(0)) {
            progress.total(4);
            for (int i = 1; i <= 4; i++) {
                clock.addAndGet(Duration.ofSeconds(3).toNanos());
                progress.done(i);
            }
        }

        assertThat(text().lines())
                .containsExactly(
                        "cycle:  50%  2 of 4  0/s  0:06 left",
                        "cycle: 100%  4 of 4  0/s", "cycle: 100%  4 of 4  0/s");
    }

    @Test
    void closed_drawsNoMore() {
        Progress progress = progress(80);
        progress.total(10_000);
        progress.close();
        String before = text();

        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        progress.done(2_500);

        assertThat(text()).isEqualTo(before);
    }

    @Test
    void narrowScreen_dropsTheBar() {
        try (Progress progress = progress(30)) {
            progress.total(100);
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            progress.done(50);
        }

        assertThat(text()).doesNotContain("#");
        assertThat(text().split("\r")).allSatisfy(s -> assertThat(s.strip()).hasSizeLessThan(30));
    }

    private Progress progress(int screen) {
        return new Progress(
                "cycle", new PrintStream(out, true, StandardCharsets.UTF_8), screen, clock::get);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
