/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.RouteWork;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkTallyTest {
    private static final Instant END = Instant.parse("2026-01-01T10:00:00Z");

    private final WorkTally tally = new WorkTally();

    @Test
    void runs_areAddedUp_andOneThatFailedIsNoSuccess() {
        tally.ended(run(Result.SUCCESS, 5, END));
        tally.ended(run(Result.PARTLY, 7, END.plusSeconds(60)));
        tally.ended(run(Result.FAILED, 1, END.plusSeconds(90)));

        RouteWork work = tally.of("staff_cloud");

        assertThat(work.read()).isEqualTo(13);
        assertThat(work.applied()).isEqualTo(10);
        assertThat(work.retried()).isEqualTo(3);
        assertThat(work.runs(Result.SUCCESS)).isEqualTo(1);
        assertThat(work.runs(Result.FAILED)).isEqualTo(1);
        assertThat(work.runs(Result.RUNNING)).isZero();
        assertThat(work.succeededAt()).hasValue(END.plusSeconds(60));
    }

    @Test
    void beforeTheFirstRun_thereIsNothing() {
        assertThat(tally.of("staff_cloud").succeededAt()).isEmpty();
        assertThat(tally.of("staff_cloud").read()).isZero();
    }

    private static Run run(Result result, long read, Instant end) {
        return new Run(
                1,
                "staff_cloud",
                false,
                end.minusSeconds(1),
                Optional.of(end),
                result,
                read,
                read - 1,
                0,
                0,
                1,
                "");
    }
}
