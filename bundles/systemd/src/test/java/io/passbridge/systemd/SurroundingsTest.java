/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    @Test
    void withoutSystemd_thereIsNothing() {
        assertThat(of(Map.of()).notifySocket()).isEmpty();
        assertThat(of(Map.of()).watchdog()).isEmpty();
    }

    @Test
    void signsOfLife_comeFourTimesAsOftenAsTheyAreWanted() {
        Surroundings watched = of(Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "8000000"));
        assertThat(watched.notifySocket()).hasValue("/run/n");
        assertThat(watched.watchdog()).hasValue(Duration.ofSeconds(8));
        assertThat(watched.pause(true)).isEqualTo(Duration.ofSeconds(2));
        assertThat(watched.pause(false)).isLessThan(Duration.ofSeconds(1));
        assertThat(of(Map.of("WATCHDOG_USEC", "3600000000")).pause(true))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void watchdogOfAnotherProcess_isNotOurs() {
        assertThat(of(Map.of("WATCHDOG_USEC", "8000000", "WATCHDOG_PID", "12")).watchdog())
                .isEmpty();
        assertThat(of(Map.of("WATCHDOG_USEC", "8000000", "WATCHDOG_PID", "11")).watchdog())
                .isPresent();
    }

    @Test
    void whatIsNoTime_isNone() {
        assertThat(of(Map.of("WATCHDOG_USEC", "soon")).watchdog()).isEmpty();
        assertThat(of(Map.of("WATCHDOG_USEC", "0")).watchdog()).isEmpty();
        assertThat(of(Map.of("NOTIFY_SOCKET", " ")).notifySocket()).isEmpty();
    }

    private static Surroundings of(Map<String, String> environment) {
        return Surroundings.of(environment::get, 11);
    }
}
