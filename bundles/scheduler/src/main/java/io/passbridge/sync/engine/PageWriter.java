/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes one page to the target and commits what became of it: outcomes, retry queue and position
 * in one transaction. Pages of a route are written one after the other, in the order of reading.
 */
final class PageWriter {
    private final RouteSettings settings;
    private final Platform platform;
    private final TargetWriter target;
    private final LeaseHolding lease;
    private final StateCommit commits;
    private final RouteEvents events;
    private final Backoff backoff;
    private final VersionOrder order;

    PageWriter(
            RouteSettings settings,
            Platform platform,
            TargetWriter target,
            LeaseHolding lease,
            StateCommit commits,
            RouteEvents events,
            Backoff backoff,
            VersionOrder order) {
        this.settings = settings;
        this.platform = platform;
        this.target = target;
        this.lease = lease;
        this.commits = commits;
        this.events = events;
        this.backoff = backoff;
        this.order = order;
    }

    PageResult write(PreparedPage page) throws CycleFailure, InterruptedException {
        lease.token();
        Settlement settling = new Settlement(page, settings, backoff, platform.clock().instant());
        List<PreparedUser> users = withoutOvertaking(page, settling);
        Map<SourceAnchor, ItemOutcome> provisioned = provision(users);
        List<PreparedUser> ready = new ArrayList<>(users.size());
        for (PreparedUser user : users) {
            ItemOutcome made = provisioned.get(user.anchor());
            if (made == null
                    || made.outcome() == Outcome.APPLIED
                    || made.outcome() == Outcome.ALREADY) {
                ready.add(user);
            } else {
                settling.notProvisioned(user, made);
            }
        }
        List<PasswordUpdate> updates =
                ready.stream().flatMap(user -> user.update().stream()).toList();
        if (!updates.isEmpty()) {
            events.sent(updates);
            Map<SourceAnchor, ItemOutcome> outcomes = target.apply(updates);
            Map<SourceAnchor, UserState> newer = newerThan(outcomes);
            for (PreparedUser user : overruling(ready, outcomes, newer)) {
                if (user.update().isPresent()) {
                    settling.applied(user, outcomes.get(user.anchor()), newer.get(user.anchor()));
                }
            }
        }
        PageResult result = settling.result();
        if (page.position().isPresent() || settling.hasEntries() || !page.unusable().isEmpty()) {
            commits.commit(page.position(), settling.finals(), settling.retries(), page.unusable());
        }
        events.settled(settling);
        return result;
    }

    /**
     * Sends again, some epochs later, what the target believes to be old and is not.
     *
     * @param outcomes of the first attempt, replaced by those of further ones
     * @return the users as they were sent in the end
     */
    private List<PreparedUser> overruling(
            List<PreparedUser> users,
            Map<SourceAnchor, ItemOutcome> outcomes,
            Map<SourceAnchor, UserState> known)
            throws CycleFailure, InterruptedException {
        List<PreparedUser> sent = users;
        for (int epochs = 1; epochs <= ChangeVersion.MAX_EPOCH; epochs *= 2) {
            List<PreparedUser> next = new ArrayList<>(sent.size());
            List<PasswordUpdate> updates = new ArrayList<>();
            for (PreparedUser user : sent) {
                ItemOutcome outcome = outcomes.get(user.anchor());
                boolean again =
                        outcome != null
                                && outcome.outcome() == Outcome.CONFLICT
                                && order.overrules(user, known.get(user.anchor()));
                PreparedUser now = again ? VersionOrder.later(user, epochs) : user;
                next.add(now);
                if (again) {
                    updates.add(now.update().orElseThrow());
                }
            }
            if (updates.isEmpty()) {
                return sent;
            }
            lease.token();
            outcomes.putAll(target.apply(updates));
            sent = next;
        }
        return sent;
    }

    private Map<SourceAnchor, ItemOutcome> provision(List<PreparedUser> users)
            throws CycleFailure, InterruptedException {
        List<Account> accounts = users.stream().flatMap(user -> user.account().stream()).toList();
        return accounts.isEmpty() ? Map.of() : target.provision(accounts);
    }

    /**
     * A change of the state alone must not overtake a password that waits in the retry queue: the
     * target would then answer 'already' to that password. The user stays in the queue, and the
     * retry reads both afresh.
     */
    private List<PreparedUser> withoutOvertaking(PreparedPage page, Settlement settling)
            throws CycleFailure {
        boolean stateAlone =
                page.users().stream()
                        .anyMatch(u -> u.update().map(p -> p.digest().isEmpty()).orElse(false));
        if (page.retrying() || !stateAlone) {
            return page.users();
        }
        try {
            if (platform.state().dueRetries(settings.name(), endOfTime(), 1).isEmpty()) {
                return page.users();
            }
            List<PreparedUser> free = new ArrayList<>(page.users().size());
            for (PreparedUser user : page.users()) {
                PasswordUpdate update = user.update().orElse(null);
                boolean waits =
                        update != null
                                && update.digest().isEmpty()
                                && !Gates.gone(update.state())
                                && platform.state()
                                        .retry(settings.name(), user.anchor())
                                        .isPresent();
                if (waits) {
                    settling.waits(
                            new Owed(
                                    user.anchor(),
                                    user.version(),
                                    user.state(),
                                    "a password is queued; both are read again"));
                } else {
                    free.add(user);
                }
            }
            return free;
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }

    private Instant endOfTime() {
        return platform.clock().instant().plus(Duration.ofDays(36_500));
    }

    /** For conflicts: what is known of these users, so that a late page does not take it back. */
    private Map<SourceAnchor, UserState> newerThan(Map<SourceAnchor, ItemOutcome> outcomes)
            throws CycleFailure {
        List<SourceAnchor> conflicts =
                outcomes.values().stream()
                        .filter(o -> o.outcome() == Outcome.CONFLICT)
                        .map(ItemOutcome::anchor)
                        .toList();
        try {
            return conflicts.isEmpty()
                    ? Map.of()
                    : platform.state().users(settings.name(), conflicts);
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }
}
