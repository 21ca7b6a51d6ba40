/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.health.Finding;
import java.util.Optional;

/**
 * How many users a run may delete or move out of scope.
 *
 * @param count the most; 0 stops at the first
 * @param percent the most of those whom the route has at its target; 100 for any share
 */
public record DeletionLimit(int count, int percent) {
    /** Of so few, a share says nothing. */
    static final int TELLING = 10;

    /**
     * Why a run is to be stopped.
     *
     * @param deletions of the run
     * @param people whom the route has at its target
     */
    public Optional<String> exceeded(long deletions, long people) {
        if (deletions > count) {
            return Optional.of(said(deletions) + "deletionThreshold is %,d".formatted(count));
        }
        if (deletions > TELLING && deletions * 100 > people * percent) {
            return Optional.of(
                    said(deletions)
                            + "deletionPercent is %d, and it has %s"
                                    .formatted(percent, Finding.count(people, "user", "users")));
        }
        return Optional.empty();
    }

    private static String said(long deletions) {
        return "the run would delete or move out of scope at least "
                + Finding.count(deletions, "user", "users")
                + "; the route's ";
    }
}
