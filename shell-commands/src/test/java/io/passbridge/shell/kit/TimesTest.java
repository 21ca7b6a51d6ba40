/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0.85S, 850 ms",
        "PT12.34S, 12.3 s",
        "PT4M10S, 4 m 10 s",
        "PT3H5M, 3 h 5 m",
        "PT51H, 2 d 3 h"
    })
    void length_isShownInTwoUnits(Duration length, String shown) {
        assertThat(Times.show(length)).isEqualTo(shown);
    }

    @Test
    void moment_isAbsoluteOrBeforeNow() throws Exception {
        assertThat(Times.moment("--since", "2h", NOW)).isEqualTo("2026-11-21T06:00:00Z");
        assertThat(Times.moment("--since", "2026-11-20T10:00:00+02:00", NOW))
                .isEqualTo("2026-11-20T08:00:00Z");
    }

    @Test
    void moment_thatIsNone_isRefusedWithAnExample() {
        assertThatThrownBy(() -> Times.moment("--since", "yesterday", NOW))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("2026-11-21T08:30:00Z");
    }
}
