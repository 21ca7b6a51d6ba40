/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;

/**
 * How a person stands on a route. Whoever is seen at the source is in exactly one of these; {@link
 * #GONE} is for those who are not seen there any more.
 */
public enum Standing {
    /** The target has what the source has. */
    IN_STEP,
    /** In the retry queue. */
    WAITING,
    /** Not to be sent, or not taken by the target, until something changes. */
    REFUSED,
    /** The source could not make a user of it. */
    UNUSABLE,
    /** Left out by the route's filter, or outside the source's scope. */
    OUTSIDE,
    /** Deleted at the source, and the target knows. */
    GONE;

    /** Of a user whose last outcome is final. */
    public static Standing of(AccountState state, Outcome outcome) {
        boolean done = outcome == Outcome.APPLIED || outcome == Outcome.ALREADY;
        if (done || outcome == Outcome.NO_SUCH_USER) {
            if (state.has(Flag.DELETED)) {
                return GONE;
            }
            if (state.has(Flag.OUT_OF_SCOPE)) {
                return OUTSIDE;
            }
        }
        return done ? IN_STEP : REFUSED;
    }

    /** Whether somebody who stands so cannot rely on the target. */
    public boolean leftOut() {
        return this == WAITING || this == REFUSED || this == UNUSABLE;
    }
}
