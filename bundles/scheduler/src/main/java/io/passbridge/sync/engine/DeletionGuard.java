/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

/**
 * Counts the deletions of a run and stops it before it carries out more than the route permits: a
 * source that lost half of its users is more often broken than right.
 */
final class DeletionGuard {
    private final int threshold;
    private final boolean allowed;
    private long deletions;

    DeletionGuard(int threshold, boolean allowed) {
        this.threshold = threshold;
        this.allowed = allowed;
    }

    /**
     * @param more deletions that are about to be written
     */
    void count(int more) throws CycleFailure {
        deletions += more;
        if (more > 0 && deletions > threshold && !allowed) {
            throw new CycleFailure(
                    CycleFailure.Kind.DELETIONS,
                    "the run would delete or move out of scope at least %,d users; the route's"
                                    .formatted(deletions)
                            + " deletionThreshold is %,d".formatted(threshold));
        }
    }
}
