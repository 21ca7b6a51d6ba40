/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.example;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One open ledger: both of its capabilities are this object. */
final class LedgerConnector implements Connector, PasswordTarget, AccountTarget {
    private final Ledger ledger;
    private final Set<String> schemes;
    private volatile boolean closed;

    LedgerConnector(Ledger ledger, List<String> schemes) {
        this.ledger = ledger;
        this.schemes = Set.copyOf(schemes);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        boolean offered = type == PasswordTarget.class || type == AccountTarget.class;
        return offered ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public Set<String> schemes() {
        return schemes;
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        return change(batch, this::apply);
    }

    private ItemOutcome apply(Map<String, Ledger.Line> lines, PasswordUpdate update) {
        Ledger.Line line = lines.get(update.anchor().value());
        if (line == null) {
            return new ItemOutcome(update.anchor(), Outcome.NO_SUCH_USER, "");
        }
        if (update.digest().filter(digest -> !schemes.contains(digest.scheme())).isPresent()) {
            return new ItemOutcome(update.anchor(), Outcome.REJECTED, "the scheme is not listed");
        }
        int order = update.version().compareTo(line.version());
        boolean sameState = update.state().toBits() == line.state();
        if (order < 0) {
            return new ItemOutcome(update.anchor(), Outcome.CONFLICT, "a newer version is there");
        }
        if (order == 0 && sameState) {
            return ItemOutcome.already(update.anchor());
        }
        lines.put(update.anchor().value(), line.with(update));
        return ItemOutcome.applied(update.anchor());
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        return change(batch, LedgerConnector::provision);
    }

    private static ItemOutcome provision(Map<String, Ledger.Line> lines, Account account) {
        String anchor = account.anchor().value();
        Ledger.Line line = lines.get(anchor);
        Ledger.Line wanted = Ledger.Line.of(account, line);
        if (wanted.equals(line)) {
            return ItemOutcome.already(account.anchor());
        }
        boolean taken =
                lines.entrySet().stream()
                        .filter(other -> !other.getKey().equals(anchor))
                        .anyMatch(other -> other.getValue().login().equals(account.loginName()));
        if (taken) {
            return new ItemOutcome(account.anchor(), Outcome.CONFLICT, "the name is taken");
        }
        lines.put(anchor, wanted);
        return ItemOutcome.applied(account.anchor());
    }

    /** What happens to one item of a batch. */
    @FunctionalInterface
    private interface Step<T> {
        ItemOutcome take(Map<String, Ledger.Line> lines, T item);
    }

    private <T> List<ItemOutcome> change(List<T> batch, Step<T> step) throws ConnectorException {
        if (closed) {
            throw new ConnectorException(Kind.UNREACHABLE, "the connector has been closed");
        }
        try {
            Map<String, Ledger.Line> lines = ledger.read();
            List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
            for (T item : batch) {
                outcomes.add(step.take(lines, item));
            }
            ledger.write(lines);
            return outcomes;
        } catch (IOException trouble) {
            throw new ConnectorException(
                    Kind.OUTCOME_UNKNOWN, "the ledger could not be written: " + trouble, trouble);
        }
    }

    @Override
    public List<Finding> test() {
        try {
            return List.of(Finding.ok("ledger", ledger.read().size() + " users"));
        } catch (IOException trouble) {
            return List.of(
                    Finding.error(
                            "ledger", "cannot be read: " + trouble, "Check 'path' and its mode."));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
