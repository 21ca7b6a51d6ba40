/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Holding;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.SealedRecipient;
import io.passbridge.credential.Account;
import io.passbridge.credential.Digest;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** A target in memory that keeps to the contract and notes every write. */
public final class SimulatedTarget
        implements PasswordTarget,
                PasswordHoldings,
                AccountTarget,
                AccountRehearsal,
                SealedRecipient {
    public final Map<SourceAnchor, PasswordUpdate> held = new ConcurrentHashMap<>();
    public final Map<SourceAnchor, String> digests = new ConcurrentHashMap<>();
    private final Map<SourceAnchor, String> schemesHeld = new ConcurrentHashMap<>();
    public final Set<SourceAnchor> users = ConcurrentHashMap.newKeySet();
    public final List<PasswordUpdate> writes = new CopyOnWriteArrayList<>();
    public final Map<SourceAnchor, Outcome> answers = new ConcurrentHashMap<>();
    public final Faults faults;
    public boolean anyUser = true;
    public final Map<SourceAnchor, Account> accounts = new ConcurrentHashMap<>();
    public volatile Set<String> schemes = Set.of("test");

    /** What {@link #schemes()} answers, if not the field. */
    public volatile Supplier<Set<String>> listed = () -> schemes;

    public Optional<String> policy = Optional.empty();
    public Function<List<PasswordUpdate>, ConnectorException> refusal = batch -> null;
    public int calls;

    public SimulatedTarget(Faults faults) {
        this.faults = faults;
    }

    /** What is answered in place of what is held. */
    public final Map<SourceAnchor, Holding> told = new ConcurrentHashMap<>();

    @Override
    public Recipient recipient() {
        return new Recipient(new byte[32], Secret.owning(new byte[32]));
    }

    @Override
    public synchronized List<Holding> holdings(List<SourceAnchor> anchors) {
        return anchors.stream().map(this::holding).toList();
    }

    private Holding holding(SourceAnchor anchor) {
        if (told.containsKey(anchor)) {
            return told.get(anchor);
        }
        PasswordUpdate update = held.get(anchor);
        return update == null
                ? new Holding.Absent(anchor)
                : new Holding.Held(
                        anchor,
                        Optional.ofNullable(digests.get(anchor)).map(d -> new Digest("test", d)),
                        update.state().mayStillSignIn());
    }

    @Override
    public Set<String> schemes() {
        return listed.get();
    }

    @Override
    public Optional<String> refusal(String scheme) {
        return policy;
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
        // as the embedded directory: any digest of the scheme counts, not one of this version
        String scheme = digests.containsKey(anchor) ? schemesHeld.get(anchor) : null;
        boolean known =
                order == 0 && update.digest().filter(d -> !d.scheme().equals(scheme)).isEmpty();
        if (known && update.state().equals(before.state())) {
            return ItemOutcome.already(anchor);
        }
        held.put(anchor, update);
        writes.add(update);
        update.digest()
                .ifPresent(
                        d -> {
                            digests.put(anchor, d.encoded());
                            schemesHeld.put(anchor, d.scheme());
                        });
        return ItemOutcome.applied(anchor);
    }

    @Override
    public synchronized List<ItemOutcome> rehearse(List<Account> batch) {
        return batch.stream()
                .map(
                        account -> {
                            Account held = accounts.get(account.anchor());
                            return account.equals(held)
                                    ? ItemOutcome.already(account.anchor())
                                    : new ItemOutcome(
                                            account.anchor(),
                                            Outcome.APPLIED,
                                            held == null ? "made" : account.loginName());
                        })
                .toList();
    }

    @Override
    public synchronized List<ItemOutcome> provision(List<Account> batch) {
        return batch.stream().map(this::provision).toList();
    }

    private ItemOutcome provision(Account account) {
        boolean made = users.add(account.anchor());
        Account before = accounts.put(account.anchor(), account);
        return made || !account.equals(before)
                ? ItemOutcome.applied(account.anchor())
                : ItemOutcome.already(account.anchor());
    }
}
