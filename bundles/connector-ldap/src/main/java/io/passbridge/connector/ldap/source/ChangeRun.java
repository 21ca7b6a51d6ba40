/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.entry.UnusablePasswordException;
import io.passbridge.connector.ldap.memory.LaggingAnswerException;
import io.passbridge.connector.ldap.memory.PasswordVersions;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.times.DirectoryTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One run over the changes since a complete position, over one connection: base after base, then
 * those whose time has come, then those who seem to be gone. Restarted from the beginning if it
 * breaks off.
 */
final class ChangeRun implements AutoCloseable {
    private static final int LOOKED_UP_AT_ONCE = 100;

    /** So many who are there no more at once, and nobody else left, is a broken source. */
    private static final int SUSPICIOUS = 10;

    private final long number;
    private final LdapWatermark from;
    private final Strategy strategy;
    private final Session session;
    private final LdapSettings settings;
    private final ServerKind kind;
    private final LDAPConnection connection;
    private final Membership membership;
    private final People people;
    private final PasswordVersions versions;
    private final UnusableUsers unusable;
    private final Whereabouts whereabouts;
    private final Instant now;

    private final List<byte[]> positions = new ArrayList<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Set<UUID> gone = new HashSet<>();
    private final Set<UUID> leavers = new HashSet<>();
    private final Deque<UUID> lookups = new ArrayDeque<>();
    private final Deque<CredentialChange> ready = new ArrayDeque<>();
    private ChangeFeed feed;
    private boolean listed;
    private boolean ended;
    private long lookedAt;
    private int pages;

    ChangeRun(
            long number,
            LdapWatermark from,
            Strategy strategy,
            Session session,
            LDAPConnection connection,
            ServerFacts facts,
            Membership membership,
            People people,
            LdapSettings settings,
            PasswordVersions versions,
            UnusableUsers unusable,
            Instant now) {
        this.number = number;
        this.from = from;
        this.strategy = strategy;
        this.session = session;
        this.connection = connection;
        this.membership = membership;
        this.people = people;
        this.settings = settings;
        this.kind = facts.kind();
        this.versions = versions;
        this.unusable = unusable;
        this.whereabouts =
                new Whereabouts(connection, facts, settings.scope(), membership, people, unusable);
        this.now = now;
        this.lookedAt = from.isFull() ? DirectoryTime.of(now) : from.lookedAt();
    }

    /** Whether the position is where this run stands. */
    boolean standsAt(LdapWatermark position) {
        return position.run() == number && position.page() == pages;
    }

    /** Who was told of as gone: to be forgotten once the end of this run is stored. */
    Set<UUID> leavers() {
        return leavers;
    }

    ChangePage next(int limit) throws ConnectorException {
        List<CredentialChange> changes = new ArrayList<>();
        try {
            while (!ended && changes.size() + unusable.size() < limit) {
                if (ready.isEmpty()) {
                    step();
                } else {
                    changes.add(ready.poll());
                }
            }
            versions.flush();
            boolean first = pages == 0 && from.isFull();
            pages++;
            LdapWatermark position =
                    ended
                            ? new LdapWatermark(
                                    strategy.toString(),
                                    from.scope(),
                                    membership.hash(),
                                    lookedAt,
                                    0,
                                    0,
                                    positions)
                            : from.within(number, pages);
            return new ChangePage(
                    changes,
                    unusable.take(first),
                    position.toWatermark(),
                    !ended,
                    ended,
                    from.isFull() && versions.size() > 0 ? versions.size() : -1);
        } catch (ConnectorException | RuntimeException e) {
            changes.forEach(CredentialChange::close);
            throw e;
        }
    }

    /** Takes the next thing that the server has; what it makes of it is ready then. */
    private void step() throws ConnectorException {
        if (positions.size() < settings.scope().bases().size()) {
            feed();
        } else if (!lookups.isEmpty()) {
            lookUp();
        } else {
            ended = true;
        }
    }

    private void feed() throws ConnectorException {
        if (feed == null) {
            feed = open(positions.size());
        }
        Optional<SearchResultEntry> entry = feed.next();
        if (entry.isPresent()) {
            read(entry.get());
            return;
        }
        lookups.addAll(feed.incomplete());
        gone.addAll(feed.gone());
        feed.present()
                .ifPresent(
                        there -> {
                            seen.addAll(there);
                            listed = true;
                        });
        positions.add(feed.position());
        feed.close();
        feed = null;
        if (positions.size() == settings.scope().bases().size()) {
            plan();
        }
    }

    private ChangeFeed open(int base) throws ConnectorException {
        return strategy.feed(
                connection,
                new Query(
                        settings.scope().bases().get(base),
                        settings.scope().filter(),
                        people.attributes()),
                people.anchors(),
                kind,
                settings,
                from.isFull() ? new byte[0] : from.positions().get(base),
                now);
    }

    private void read(SearchResultEntry entry) {
        Optional<UUID> id = people.anchors().of(entry);
        if (id.isEmpty()) {
            if (people.isUser(entry)) {
                report(
                        entry,
                        Optional.empty(),
                        "the entry shows no "
                                + people.anchors().attribute()
                                + "; let the account read it, or set anchorAttribute");
            }
            return;
        }
        if (!membership.includes(entry, people.loginName(entry))) {
            if (versions.known(id.get()).isPresent()) {
                lookups.add(id.get());
            }
            return;
        }
        // at most one change for a user in a run of several bases that overlap
        if (!seen.add(id.get()) && from.isFull() || !people.isUser(entry)) {
            return;
        }
        Optional<SourceAnchor> anchor = Optional.of(people.anchors().anchor(id.get()));
        if (people.loginName(entry).isEmpty()) {
            report(
                    entry,
                    anchor,
                    "the user has a password but no "
                            + settings.mapping().login()
                            + " to sign in with; set loginAttribute if it is another one");
            return;
        }
        try {
            CredentialChange change = people.change(id.get(), entry);
            if (feed.isNews(id.get(), entry, change)) {
                ready.add(change);
            } else {
                change.close();
            }
        } catch (UnusablePasswordException e) {
            report(entry, anchor, e.getMessage());
        } catch (LaggingAnswerException e) {
            unusable.add(people.unread(id.get(), e));
        }
    }

    private void report(SearchResultEntry entry, Optional<SourceAnchor> anchor, String reason) {
        unusable.add(entry.getDN(), people.loginName(entry), anchor, reason);
    }

    /** When the server has sent all: who is to be looked up beyond that. */
    private void plan() throws ConnectorException {
        if (listed) {
            Set<UUID> missing = versions.without(seen);
            if (missing.size() >= SUSPICIOUS && missing.size() == versions.size()) {
                // OpenLDAP hides what is newer than its last checkpoint after a crash, from this
                // search and not from others
                whereabouts.requireSomebody(missing.size());
            }
            gone.addAll(missing);
        }
        lookups.addAll(gone);
        if (!from.isFull() && !membership.hash().equals(from.members())) {
            joinersAndLeavers();
        }
        if (!from.isFull() && Expiries.isDue(from.lookedAt(), now)) {
            try {
                lookups.addAll(
                        new Expiries(
                                        connection,
                                        settings.scope(),
                                        people,
                                        settings.reading().pageSize())
                                .between(DirectoryTime.toInstant(from.lookedAt()), now));
            } catch (LDAPException e) {
                throw Failures.ofReading("the directory", e);
            }
            lookedAt = DirectoryTime.of(now);
        }
    }

    /** A group that changed says nothing about the entries of its members. */
    private void joinersAndLeavers() throws ConnectorException {
        try {
            for (String base : settings.scope().bases()) {
                Query query =
                        new Query(
                                base,
                                settings.scope().filter(),
                                people.anchors().attribute(),
                                settings.mapping().login());
                PagedSearch search =
                        new PagedSearch(connection, query, settings.reading().pageSize());
                Optional<SearchResultEntry> entry = search.next();
                while (entry.isPresent()) {
                    SearchResultEntry user = entry.get();
                    boolean member = membership.includes(user, people.loginName(user));
                    people.anchors()
                            .of(user)
                            .filter(id -> member != versions.known(id).isPresent())
                            .ifPresent(lookups::add);
                    entry = search.next();
                }
            }
        } catch (LDAPException e) {
            throw Failures.ofReading("the directory", e);
        }
    }

    private void lookUp() throws ConnectorException {
        List<UUID> batch = new ArrayList<>();
        while (batch.size() < LOOKED_UP_AT_ONCE && !lookups.isEmpty()) {
            batch.add(lookups.poll());
        }
        for (CredentialChange change : whereabouts.of(batch)) {
            boolean left = change.account().isEmpty() && !change.state().mayStillSignIn();
            if (left) {
                people.anchors().parse(change.anchor().value()).ifPresent(leavers::add);
            }
            ready.add(change);
        }
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        session.release(connection);
        ready.forEach(CredentialChange::close);
        ready.clear();
    }
}
