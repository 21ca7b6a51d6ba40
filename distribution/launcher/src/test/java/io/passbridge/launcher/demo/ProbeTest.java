/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final String HISTORY =
            """
            [
            {"id":12,"startedAt":"2026-11-21T09:22:11.277Z","endedAt":"2026-11-21T09:22:11.289Z","applied":1},
            {"id":1,"startedAt":"2026-11-21T09:21:53.000Z","endedAt":"2026-11-21T09:21:55.500Z","applied":10008}
            ]
            """;

    @Test
    void firstCycle_isTheOneWithTheFirstNumber() {
        Probe.Cycle cycle = Probe.firstCycle(HISTORY);

        assertThat(cycle).isEqualTo(new Probe.Cycle(10_008, Duration.ofMillis(2500)));
        assertThat(cycle.inWords())
                .isEqualTo("10,008 people are at the target after 2.5 s, 4,003 a second");
    }

    @Test
    void numbers_areFoundByField() {
        assertThat(Probe.largest("id", HISTORY)).isEqualTo(12);
        assertThat(Probe.newest("applied", HISTORY)).isEqualTo(1);
        assertThat(Probe.largest("failed", HISTORY)).isEqualTo(-1);
    }

    @Test
    void emptyHistory_hasNoCycle() {
        assertThat(Probe.firstCycle("")).isEqualTo(new Probe.Cycle(-1, Duration.ZERO));
    }
}
