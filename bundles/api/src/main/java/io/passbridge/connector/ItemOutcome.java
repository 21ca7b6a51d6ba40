/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.Redaction;
import io.passbridge.credential.SourceAnchor;

/**
 * What became of one item of a batch.
 *
 * @param anchor whose item
 * @param outcome what became of it
 * @param detail for people, without anything secret; may be empty. What looks like a hash is taken
 *     out of it.
 */
public record ItemOutcome(SourceAnchor anchor, Outcome outcome, String detail) {
    public ItemOutcome {
        detail = Redaction.of(detail);
    }

    /** The possible outcomes. All but {@link #RETRY} are final for this version. */
    public enum Outcome {
        /** Stored now. */
        APPLIED,
        /** The target held this version already; nothing was changed. */
        ALREADY,
        /** The target holds a newer version; nothing was changed. */
        CONFLICT,
        /** The target has no user with this anchor. */
        NO_SUCH_USER,
        /** The target refuses this item for good. */
        REJECTED,
        /** Not now: to be tried again later with a fresh reading of the source. */
        RETRY
    }

    public static ItemOutcome applied(SourceAnchor anchor) {
        return new ItemOutcome(anchor, Outcome.APPLIED, "");
    }

    public static ItemOutcome already(SourceAnchor anchor) {
        return new ItemOutcome(anchor, Outcome.ALREADY, "");
    }
}
