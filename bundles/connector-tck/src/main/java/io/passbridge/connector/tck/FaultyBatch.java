/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The writing of a batch, going wrong.
 *
 * @param <T> the items
 */
final class FaultyBatch<T> {
    private final FaultPlan plan;
    private final FaultPlan.Operation operation;
    private final Writing<T> writing;

    /** The wrapped call. */
    @FunctionalInterface
    interface Writing<T> {
        List<ItemOutcome> write(List<T> batch) throws ConnectorException;
    }

    FaultyBatch(FaultPlan plan, FaultPlan.Operation operation, Writing<T> writing) {
        this.plan = plan;
        this.operation = operation;
        this.writing = writing;
    }

    List<ItemOutcome> write(List<T> batch) throws ConnectorException {
        Optional<Fault> fault = Mishap.before(plan, operation);
        if (fault.isEmpty()) {
            return writing.write(batch);
        }
        switch (fault.get()) {
            case TRUNCATE -> {
                List<T> half = batch.subList(0, batch.size() / 2);
                if (!half.isEmpty()) {
                    writing.write(half);
                }
                throw Mishap.unknown("the connection broke after " + half.size() + " items");
            }
            case DIE_AFTER_WRITE -> {
                writing.write(batch);
                throw Mishap.unknown("the answer was lost");
            }
            case REORDER -> {
                List<T> backwards = new ArrayList<>(batch);
                Collections.reverse(backwards);
                List<ItemOutcome> outcomes = new ArrayList<>(writing.write(backwards));
                Collections.reverse(outcomes);
                return outcomes;
            }
            default -> {
                writing.write(batch);
                return writing.write(batch);
            }
        }
    }
}
