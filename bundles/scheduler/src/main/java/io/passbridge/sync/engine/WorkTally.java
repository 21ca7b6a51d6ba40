/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.RouteWork;
import io.passbridge.sync.cycle.RouteRun;
import io.passbridge.sync.page.PageResult;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the runs of a route have done so far. Safe for use by threads. */
final class WorkTally {
    private final Map<Result, Long> runs = new EnumMap<>(Result.class);
    private RouteRun running;
    private long read;
    private long applied;
    private long unchanged;
    private long failed;
    private long retried;
    private Instant succeededAt;

    synchronized void begun(RouteRun run) {
        running = run;
    }

    /** The run that has begun is over, and nothing of it counts twice. */
    synchronized void ended(Run run) {
        running = null;
        read += run.read();
        applied += run.applied();
        unchanged += run.unchanged();
        failed += run.failed();
        retried += run.retried();
        runs.merge(run.result(), 1L, Long::sum);
        if (run.result() != Result.FAILED) {
            succeededAt = run.endedAt().orElse(succeededAt);
        }
    }

    synchronized RouteWork of(String route) {
        PageResult now = running == null ? PageResult.NONE : running.tally().sum();
        return new RouteWork(
                route,
                read + now.read(),
                applied + now.applied(),
                unchanged + now.unchanged(),
                failed + now.failed(),
                retried + now.retried(),
                runs,
                Optional.ofNullable(succeededAt));
    }
}
