/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.gate;

import io.passbridge.health.Finding;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.DeletionLimit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts the deletions of a run and stops it before it carries out more than the route permits: a
 * source that lost half of its users is more often broken than right. One thread at a time.
 */
public final class DeletionGuard {
    private final DeletionLimit limit;
    private final OptionalLong leave;
    private final People people;
    private long deletions;
    private long before = -1;

    /** How many users the route has at its target. */
    @FunctionalInterface
    public interface People {
        long count() throws CycleFailure;
    }

    /**
     * @param leave of an operator to delete so many, in place of the limit
     * @param people asked when the first deletion comes
     */
    public DeletionGuard(DeletionLimit limit, OptionalLong leave, People people) {
        this.limit = limit;
        this.leave = leave;
        this.people = people;
    }

    /**
     * @param more deletions that are about to be written
     */
    public void count(int more) throws CycleFailure {
        if (more == 0) {
            return;
        }
        if (before < 0) {
            before = people.count();
        }
        deletions += more;
        Optional<String> stops =
                leave.isPresent() ? beyond(leave.getAsLong()) : limit.exceeded(deletions, before);
        if (stops.isPresent()) {
            throw new CycleFailure(CycleFailure.Kind.DELETIONS, stops.get());
        }
    }

    private Optional<String> beyond(long most) {
        return deletions <= most
                ? Optional.empty()
                : Optional.of(
                        "the run would delete or move out of scope at least "
                                + Finding.count(deletions, "user", "users")
                                + "; leave was given for "
                                + most);
    }
}
