/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Batches of which the database may forbid one item, such as a name that another server has given
 * to somebody else in this moment: the others stand.
 */
public final class Batches {
    private Batches() {}

    /** Carries items out in one transaction. */
    @FunctionalInterface
    public interface Transaction<I> {
        List<ItemOutcome> run(List<I> items) throws ConnectorException;
    }

    /** In one transaction; if the database forbids that, each item in one of its own. */
    public static <I> List<ItemOutcome> apply(
            List<I> batch, Function<I, SourceAnchor> anchor, Transaction<I> transaction)
            throws ConnectorException {
        try {
            return transaction.run(batch);
        } catch (ConnectorException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            if (batch.size() == 1) {
                return List.of(
                        new ItemOutcome(
                                anchor.apply(batch.get(0)), Outcome.CONFLICT, e.getMessage()));
            }
        }
        List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
        for (I item : batch) {
            outcomes.addAll(apply(List.of(item), anchor, transaction));
        }
        return outcomes;
    }
}
