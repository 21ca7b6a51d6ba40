/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.sync.route.CycleFailure;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes batches to a route's target. If a batch as a whole is refused in a way that one bad item
 * may cause, it is halved until the bad item stands alone; if the target as a whole does not work,
 * the cycle stops. After an unknown outcome smaller batches are sent, until one succeeds.
 */
public final class TargetWriter {
    /** What one bad item can make of a whole batch. */
    private static final Set<Kind> PERHAPS_ONE_ITEM =
            EnumSet.of(
                    Kind.PLUGIN_FAULT,
                    Kind.REJECTED,
                    Kind.CONFLICT,
                    Kind.NOT_FOUND,
                    Kind.SCHEME_UNSUPPORTED);

    private static final int LARGEST = 1_000;

    /** Enough to find two bad items in the largest batch. */
    private static final int MOST_FAILURES = 24;

    private final ConnectorRegistry connectors;
    private final String target;
    private int largest = LARGEST;

    public TargetWriter(ConnectorRegistry connectors, String target) {
        this.connectors = connectors;
        this.target = target;
    }

    Map<SourceAnchor, ItemOutcome> provision(List<Account> accounts)
            throws CycleFailure, InterruptedException {
        return write(
                accounts,
                Account::anchor,
                batch -> connectors.call(target, AccountTarget.class, t -> t.provision(batch)));
    }

    Map<SourceAnchor, ItemOutcome> apply(List<PasswordUpdate> updates)
            throws CycleFailure, InterruptedException {
        return write(
                updates,
                PasswordUpdate::anchor,
                batch -> connectors.call(target, PasswordTarget.class, t -> t.apply(batch)));
    }

    private <T> Map<SourceAnchor, ItemOutcome> write(
            List<T> items, Function<T, SourceAnchor> anchor, Batch<T> call)
            throws CycleFailure, InterruptedException {
        Map<SourceAnchor, ItemOutcome> outcomes = new HashMap<>();
        int[] failures = {0};
        for (int from = 0; from < items.size(); ) {
            List<T> batch =
                    List.copyOf(items.subList(from, Math.min(items.size(), from + largest)));
            send(batch, anchor, call, outcomes, failures);
            from += batch.size();
            largest = Math.min(LARGEST, largest * 2);
        }
        return outcomes;
    }

    private <T> void send(
            List<T> batch,
            Function<T, SourceAnchor> anchor,
            Batch<T> call,
            Map<SourceAnchor, ItemOutcome> outcomes,
            int[] failures)
            throws CycleFailure, InterruptedException {
        try {
            collect(batch, anchor, call.send(batch), outcomes);
        } catch (ConnectorException e) {
            if (e.kind() == Kind.OUTCOME_UNKNOWN) {
                largest = Math.max(1, batch.size() / 4);
            }
            if (!PERHAPS_ONE_ITEM.contains(e.kind()) || ++failures[0] > MOST_FAILURES) {
                throw CycleFailure.target(target, e);
            }
            if (batch.size() == 1) {
                outcomes.put(
                        anchor.apply(batch.get(0)),
                        new ItemOutcome(anchor.apply(batch.get(0)), Outcome.RETRY, e.getMessage()));
                return;
            }
            int half = batch.size() / 2;
            send(batch.subList(0, half), anchor, call, outcomes, failures);
            send(batch.subList(half, batch.size()), anchor, call, outcomes, failures);
        }
    }

    /** An answer that does not fit the question is a fault, never a success. */
    private static <T> void collect(
            List<T> batch,
            Function<T, SourceAnchor> anchor,
            List<ItemOutcome> answer,
            Map<SourceAnchor, ItemOutcome> outcomes)
            throws ConnectorException {
        if (answer == null || answer.size() != batch.size()) {
            throw new ConnectorException(
                    Kind.OUTCOME_UNKNOWN,
                    "the connector answered %d of %d items"
                            .formatted(answer == null ? 0 : answer.size(), batch.size()));
        }
        for (int i = 0; i < answer.size(); i++) {
            SourceAnchor expected = anchor.apply(batch.get(i));
            if (answer.get(i) == null || !answer.get(i).anchor().equals(expected)) {
                throw new ConnectorException(
                        Kind.OUTCOME_UNKNOWN, "the connector's answers are not in order");
            }
        }
        answer.forEach(outcome -> outcomes.put(outcome.anchor(), outcome));
    }

    private interface Batch<T> {
        List<ItemOutcome> send(List<T> batch) throws ConnectorException, InterruptedException;
    }
}
