/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Arrivals;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RouteSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes one page to the target and commits what became of it: outcomes, retry queue and position
 * in one transaction. Pages of a route are written one after the other, in the order of reading.
 */
public final class PageWriter {
    private final RouteSettings settings;
    private final EngineServices platform;
    private final TargetWriter target;
    private final LeaseHolding lease;
    private final StateCommit commits;
    private final RouteEvents events;
    private final Backoff backoff;
    private final VersionOrder order;

    public PageWriter(
            RouteSettings settings,
            EngineServices platform,
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

    public PageResult write(PreparedPage page) throws CycleFailure, InterruptedException {
        lease.token();
        PageOutcome settling = new PageOutcome(page, settings, backoff, platform.clock().instant());
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
        Optional<Arrivals> arrivals = settling.arrivals(platform.clock().instant());
        PageResult result = settling.result();
        PageOrigin origin = page.origin();
        if (origin.position().isPresent()
                || settling.hasEntries()
                || !origin.unusable().isEmpty()) {
            commits.commit(
                    origin.position(),
                    settling.finals(),
                    settling.retries(),
                    origin.unusable(),
                    result,
                    arrivals);
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
    private List<PreparedUser> withoutOvertaking(PreparedPage page, PageOutcome settling)
            throws CycleFailure {
        if (page.isRetry()) {
            return page.users();
        }
        List<SourceAnchor> mayOvertake =
                page.users().stream()
                        .filter(PageWriter::isStateAlone)
                        .map(PreparedUser::anchor)
                        .toList();
        if (mayOvertake.isEmpty()) {
            return page.users();
        }
        Set<SourceAnchor> queued = queued(mayOvertake);
        List<PreparedUser> free = new ArrayList<>(page.users().size());
        for (PreparedUser user : page.users()) {
            if (isStateAlone(user) && queued.contains(user.anchor())) {
                settling.waits(user.owing("a password is queued; both are read again"));
            } else {
                free.add(user);
            }
        }
        return free;
    }

    private static boolean isStateAlone(PreparedUser user) {
        return user.update()
                .filter(update -> update.digest().isEmpty() && !Gates.gone(update.state()))
                .isPresent();
    }

    private Set<SourceAnchor> queued(List<SourceAnchor> anchors) throws CycleFailure {
        try {
            return platform.state().queued(settings.name(), anchors);
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
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
