/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.SourceAnchor;

/** Trouble with one item of a batch, which does not hold up the others. */
final class Refusals {
    private Refusals() {}

    /** Writes one item. */
    @FunctionalInterface
    interface Writing {
        ItemOutcome write() throws ConnectorException;
    }

    /** Turns what is the matter with one item into its outcome; the rest goes on. */
    static ItemOutcome single(SourceAnchor anchor, Writing writing) throws ConnectorException {
        try {
            return writing.write();
        } catch (ConnectorException e) {
            return switch (e.kind()) {
                case CONFLICT -> new ItemOutcome(anchor, Outcome.CONFLICT, e.getMessage());
                case REJECTED -> new ItemOutcome(anchor, Outcome.REJECTED, e.getMessage());
                // gone since it was found, or trouble that may be of this item alone
                case NOT_FOUND, OUTCOME_UNKNOWN ->
                        new ItemOutcome(anchor, Outcome.RETRY, e.getMessage());
                default -> throw e;
            };
        }
    }

    static ItemOutcome twice(SourceAnchor anchor, String attribute) {
        return new ItemOutcome(
                anchor,
                Outcome.CONFLICT,
                "several accounts have this anchor in '" + attribute + "'");
    }
}
