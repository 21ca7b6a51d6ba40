/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import io.passbridge.store.RunHistory.Result;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What this server has done for a route since it was given the route to run: since the start of the
 * platform, the last change of the route's configuration, or the last time that the key set was
 * unlocked. A run that is under way counts with what it has recorded.
 *
 * @param route the route
 * @param read changes read
 * @param applied changes stored at the target
 * @param unchanged changes that the target, or the gates, had already
 * @param failed changes refused for good
 * @param retried changes put into the retry queue
 * @param runs how many runs ended so
 * @param succeededAt when the last run ended that went through; empty if none did
 */
public record RouteWork(
        String route,
        long read,
        long applied,
        long unchanged,
        long failed,
        long retried,
        Map<Result, Long> runs,
        Optional<Instant> succeededAt) {
    public RouteWork {
        runs = Map.copyOf(runs);
    }

    /** How many runs ended so. */
    public long runs(Result result) {
        return runs.getOrDefault(result, 0L);
    }
}
