/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A directory in memory with a history of changes; a watermark is a place in it. */
public final class SimulatedSource implements PasswordSource, AccountSource {
    /** What the source holds of one user. */
    public record User(
            SourceAnchor anchor,
            String scheme,
            String password,
            AccountState state,
            long version) {}

    /** One change as it was made; a change of the state alone is given without the credential. */
    public record Entry(User user, boolean stateAlone) {}

    public final Map<SourceAnchor, User> present = new LinkedHashMap<>();
    public final Map<SourceAnchor, String> names = new ConcurrentHashMap<>();
    public final Map<SourceAnchor, Instant> changedAt = new ConcurrentHashMap<>();
    public final List<Entry> log = new ArrayList<>();
    public final List<UserPassword> given = new ArrayList<>();
    public final List<Integer> limits = new CopyOnWriteArrayList<>();
    public final Faults faults;
    public boolean durable = true;
    public boolean accountsAtHand = true;
    public boolean stuck;

    /** Tells what it holds now in place of what it held, as a file does. */
    public boolean tellsNow;

    /** Answers about everybody, whoever is asked for. */
    public boolean talkative;

    public int reads;
    public final List<UnusableItem> unusable = new CopyOnWriteArrayList<>();
    public final Set<SourceAnchor> unreadable = ConcurrentHashMap.newKeySet();
    private ChangePage last;

    public SimulatedSource(Faults faults) {
        this.faults = faults;
    }

    public synchronized SourceAnchor password(String user, String password) {
        return put(user, "{SHA}", password, AccountState.ACTIVE);
    }

    public synchronized SourceAnchor put(
            String user, String scheme, String password, AccountState state) {
        return put(user, scheme, password, state, false);
    }

    private SourceAnchor put(
            String user, String scheme, String password, AccountState state, boolean stateAlone) {
        SourceAnchor anchor = new SourceAnchor(user);
        User before = present.get(anchor);
        long version = before == null ? 1 : before.version() + 1;
        User now = new User(anchor, scheme, password, state, version);
        present.put(anchor, now);
        log.add(new Entry(now, stateAlone));
        return anchor;
    }

    /** A change at a version of its own, which may be older than the one before. */
    public synchronized SourceAnchor put(
            String user, String scheme, String password, AccountState state, long version) {
        SourceAnchor anchor = new SourceAnchor(user);
        User now = new User(anchor, scheme, password, state, version);
        present.put(anchor, now);
        log.add(new Entry(now, false));
        return anchor;
    }

    /** A change that carries the state alone, as a replication stream may give it. */
    public synchronized void state(String user, AccountState state) {
        User before = present.get(new SourceAnchor(user));
        put(user, before.scheme(), before.password(), state, true);
    }

    public synchronized void delete(String user) {
        put(user, "", "", AccountState.of(AccountState.Flag.DELETED));
    }

    @Override
    public boolean mayLag() {
        return !tellsNow;
    }

    @Override
    public synchronized ChangePage changes(Watermark after, int limit) throws ConnectorException {
        Faults.Fault fault = faults.next(faults.source);
        reads++;
        limits.add(limit);
        if (fault == Faults.Fault.DUPLICATE && last != null && !last.next().equals(after)) {
            // the same users once more, and then on from where the caller is
            List<CredentialChange> again =
                    last.changes().stream()
                            .map(c -> change(present.get(c.anchor()), false))
                            .toList();
            return new ChangePage(again, after.isBeginning() ? mark(0, 0) : after, false, true, -1);
        }
        ChangePage page = after.isBeginning() ? full(0, log.size(), limit) : from(after, limit);
        last = page;
        if (stuck) {
            return new ChangePage(page.changes(), after, true, true, -1);
        }
        lose(page.changes(), fault);
        List<UnreadUser> unread = new ArrayList<>();
        for (CredentialChange change : page.changes()) {
            if (unreadable.contains(change.anchor())) {
                change.close();
                unread.add(new UnreadUser(change.anchor(), change.version(), "torn"));
            }
        }
        return new ChangePage(
                page.changes().stream().filter(c -> !unreadable.contains(c.anchor())).toList(),
                new UnusableReport(false, unusable, unread),
                page.next(),
                page.more(),
                page.durable(),
                page.expected());
    }

    /** An answer that is lost on its way is wiped by the connector. */
    private void lose(List<CredentialChange> changes, Faults.Fault fault)
            throws ConnectorException {
        try {
            faults.after(fault);
        } catch (ConnectorException | Faults.Killed e) {
            changes.forEach(CredentialChange::close);
            throw e;
        }
    }

    private ChangePage from(Watermark after, int limit) throws ConnectorException {
        String[] parts = new String(after.toBytes(), StandardCharsets.US_ASCII).split(":");
        int place = Integer.parseInt(parts[1]);
        if (parts[0].equals("full")) {
            return full(place, Integer.parseInt(parts[2]), limit);
        }
        if (place > log.size()) {
            throw new ConnectorException(Kind.WATERMARK_EXPIRED, "the log is shorter");
        }
        int end = Math.min(log.size(), place + limit);
        List<CredentialChange> changes = new ArrayList<>();
        for (Entry entry : log.subList(place, end)) {
            User user = tellsNow ? present.get(entry.user().anchor()) : entry.user();
            changes.add(change(user, entry.stateAlone() && !tellsNow));
        }
        boolean more = end < log.size();
        return new ChangePage(changes, mark(end, 0), more, durable || !more, -1);
    }

    private ChangePage full(int place, int logAtStart, int limit) {
        List<SourceAnchor> all = List.copyOf(present.keySet());
        int end = Math.min(all.size(), place + limit);
        List<CredentialChange> changes = new ArrayList<>();
        for (SourceAnchor anchor : all.subList(Math.min(place, end), end)) {
            changes.add(change(present.get(anchor), false));
        }
        boolean more = end < all.size();
        Watermark next = more ? watermark("full:" + end + ":" + logAtStart) : mark(logAtStart, 0);
        return new ChangePage(changes, next, more, durable || !more, all.size());
    }

    private static Watermark mark(int place, int unused) {
        return watermark("log:" + place + ":" + unused);
    }

    private static Watermark watermark(String text) {
        return Watermark.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private CredentialChange change(User user, boolean stateAlone) {
        SourceAnchor anchor = user.anchor();
        Optional<SourceCredential> credential = Optional.empty();
        if (!user.password().isEmpty() && !stateAlone) {
            UserPassword value =
                    UserPassword.owning(
                            (user.scheme() + user.password()).getBytes(StandardCharsets.UTF_8));
            given.add(value);
            credential = Optional.of(value);
        }
        return new CredentialChange(
                anchor,
                new ChangeVersion(user.version(), user.version()),
                changedAt.getOrDefault(anchor, Instant.ofEpochSecond(user.version())),
                user.state(),
                credential,
                accountsAtHand ? Optional.of(account(anchor)) : Optional.empty());
    }

    /** A change of a user's names alone: the password and its version stay. */
    public synchronized void rename(String user, String loginName) {
        SourceAnchor anchor = new SourceAnchor(user);
        names.put(anchor, loginName);
        log.add(new Entry(present.get(anchor), false));
    }

    private Account account(SourceAnchor anchor) {
        return Account.named(anchor, names.getOrDefault(anchor, anchor.value()));
    }

    @Override
    public synchronized List<CredentialChange> read(Collection<SourceAnchor> anchors)
            throws ConnectorException {
        Faults.Fault fault = faults.next(faults.source);
        if (anchors.stream().anyMatch(unreadable::contains)) {
            throw new ConnectorException(Kind.REJECTED, "one of them is torn");
        }
        List<CredentialChange> changes =
                (talkative ? present.keySet() : anchors)
                        .stream().map(a -> change(present.get(a), false)).toList();
        lose(changes, fault);
        return changes;
    }

    @Override
    public synchronized List<Account> accounts(Collection<SourceAnchor> anchors) {
        return anchors.stream().filter(present::containsKey).map(this::account).toList();
    }

    @Override
    public synchronized List<Account> find(String name) {
        return present.containsKey(new SourceAnchor(name))
                ? List.of(account(new SourceAnchor(name)))
                : List.of();
    }

    /** Whether every credential that was given away has been wiped. */
    public synchronized boolean allWiped() {
        return given.stream()
                .allMatch(
                        value -> {
                            try {
                                value.value().length();
                                return false;
                            } catch (IllegalStateException e) {
                                return true;
                            }
                        });
    }
}
