/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A target in memory that keeps to the contract and notes every write. */
final class SimulatedTarget implements PasswordTarget, AccountTarget {
    final Map<SourceAnchor, PasswordUpdate> held = new ConcurrentHashMap<>();
    final Map<SourceAnchor, String> digests = new ConcurrentHashMap<>();
    final Set<SourceAnchor> users = ConcurrentHashMap.newKeySet();
    final List<PasswordUpdate> writes = new CopyOnWriteArrayList<>();
    final Map<SourceAnchor, Outcome> answers = new ConcurrentHashMap<>();
    final Faults faults;
    boolean anyUser = true;
    Set<String> schemes = Set.of("test");
    Function<List<PasswordUpdate>, ConnectorException> refusal = batch -> null;
    int calls;

    SimulatedTarget(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Set<String> schemes() {
        return schemes;
    }

    @Override
    public synchronized List<ItemOutcome> apply(List<PasswordUpdate> batch)
            throws ConnectorException {
        calls++;
        Faults.Fault fault = faults.next(faults.target);
        ConnectorException refused = refusal.apply(batch);
        if (refused != null) {
            throw refused;
        }
        List<ItemOutcome> outcomes = batch.stream().map(this::apply).toList();
        faults.after(fault);
        return outcomes;
    }

    private ItemOutcome apply(PasswordUpdate update) {
        SourceAnchor anchor = update.anchor();
        if (answers.containsKey(anchor)) {
            return new ItemOutcome(anchor, answers.get(anchor), "as planned");
        }
        if (!anyUser && !users.contains(anchor)) {
            return new ItemOutcome(anchor, Outcome.NO_SUCH_USER, "");
        }
        PasswordUpdate before = held.get(anchor);
        int order = before == null ? 1 : update.version().compareTo(before.version());
        if (order < 0) {
            return new ItemOutcome(anchor, Outcome.CONFLICT, "newer");
        }
        // as the embedded directory: any digest counts, not one of this version
        boolean known = order == 0 && (update.digest().isEmpty() || digests.containsKey(anchor));
        if (known && update.state().equals(before.state())) {
            return ItemOutcome.already(anchor);
        }
        held.put(anchor, update);
        writes.add(update);
        update.digest().ifPresent(d -> digests.put(anchor, d.encoded()));
        return ItemOutcome.applied(anchor);
    }

    @Override
    public synchronized List<ItemOutcome> provision(List<Account> batch) {
        return batch.stream()
                .map(
                        account ->
                                users.add(account.anchor())
                                        ? ItemOutcome.applied(account.anchor())
                                        : ItemOutcome.already(account.anchor()))
                .toList();
    }
}
