/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final List<String> sent = new ArrayList<>();
    private boolean away;
    private boolean started = true;
    private Map<String, String> stalled = Map.of();
    private String condition = "ready";
    private final Watch watch =
            new Watch(this::take, () -> started, () -> stalled, () -> condition);

    private void take(String notice) throws IOException {
        if (away) {
            throw new IOException("nobody is there");
        }
        sent.add(notice);
    }

    @Test
    void readiness_isToldOnce_whenThePlatformIsUp() {
        started = false;
        watch.look();
        assertThat(sent).isEmpty();
        assertThat(watch.isReady()).isFalse();

        started = true;
        watch.look();
        watch.look();
        assertThat(sent).containsExactly("READY=1\nWATCHDOG=1\nSTATUS=ready\n", "WATCHDOG=1\n");
        assertThat(watch.isReady()).isTrue();
    }

    @Test
    void partThatStalls_endsTheSignsOfLife_untilItLives() {
        watch.look();
        stalled = Map.of("routes", "no run begins any more");
        watch.look();
        watch.look();
        stalled = Map.of();
        watch.look();

        assertThat(sent.subList(1, sent.size()))
                .containsExactly(
                        "STATUS=routes: no run begins any more\n", "WATCHDOG=1\nSTATUS=ready\n");
    }

    @Test
    void conditionThatChanges_isTold_onOneLine() {
        watch.look();
        condition = "ready,\nbut locked";
        watch.look();
        assertThat(sent).last().isEqualTo("WATCHDOG=1\nSTATUS=ready, but locked\n");
    }

    @Test
    void readinessThatNobodyTook_isToldAgain() {
        away = true;
        watch.look();
        assertThat(watch.isReady()).isFalse();
        away = false;
        watch.look();
        assertThat(sent).containsExactly("READY=1\nWATCHDOG=1\nSTATUS=ready\n");
    }

    @Test
    void afterTheEnd_nothingIsTold() {
        watch.look();
        watch.stopping();
        watch.look();
        assertThat(sent).hasSize(2).last().isEqualTo("STOPPING=1\nSTATUS=stopping\n");
    }
}
