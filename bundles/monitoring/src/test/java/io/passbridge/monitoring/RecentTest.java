/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final AtomicInteger lookedUp = new AtomicInteger();
    private Duration cost = Duration.ofMillis(1);

    private final Recent<Integer> recent =
            new Recent<>(
                    () -> {
                        now.addAndGet(cost.toNanos());
                        return lookedUp.incrementAndGet();
                    },
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(2),
                    now::get);

    @Test
    void whatIsKnown_isLookedUpAgain_onlyWhenItIsTooOld() {
        assertThat(recent.get()).isEqualTo(1);
        pass(Duration.ofMillis(1_999));
        assertThat(recent.get()).isEqualTo(1);
        pass(Duration.ofMillis(2));
        assertThat(recent.get()).isEqualTo(2);
    }

    @Test
    void whatCostsMuch_isLookedUpLessOften() {
        cost = Duration.ofMillis(500);
        recent.get();
        pass(Duration.ofSeconds(9));
        assertThat(recent.get()).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        assertThat(recent.get()).isEqualTo(2);
    }

    @Test
    void whatCostsVeryMuch_isNotOlderThanTheLimit() {
        cost = Duration.ofMinutes(1);
        recent.get();
        pass(Duration.ofMinutes(2));
        assertThat(recent.get()).isEqualTo(2);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
