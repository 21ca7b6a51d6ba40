/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimerWatchTest {
    private final AtomicLong now = new AtomicLong(-7);
    private final TimerWatch watch = new TimerWatch(now::get);

    @Test
    void timerThatGivesNoSignForLong_isAStall_untilItGivesOne() {
        now.addAndGet(TimerWatch.PATIENCE.toNanos());
        assertThat(watch.stall()).isEmpty();

        now.addAndGet(1_000_000_000);
        assertThat(watch.stall()).hasValueSatisfying(text -> assertThat(text).contains("for 91 s"));

        watch.sign();
        assertThat(watch.stall()).isEmpty();
    }
}
