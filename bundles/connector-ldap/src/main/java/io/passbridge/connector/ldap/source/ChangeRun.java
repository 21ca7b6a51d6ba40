/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.entry.UnusablePasswordException;
import io.passbridge.connector.ldap.memory.LaggingAnswerException;
import io.passbridge.connector.ldap.memory.PasswordVersions;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
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

    private final long number;
    private final LdapWatermark from;
    private final Strategy strategy;
    private final Session session;
    private final RunMeans means;
    private final People people;
    private final PasswordVersions versions;
    private final UnusableUsers unusable;
    private final Whereabouts whereabouts;
    private final UntoldUsers untold;

    private final List<byte[]> positions = new ArrayList<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Set<UUID> given = new HashSet<>();
    private final Set<UUID> gone = new HashSet<>();
    private final Set<UUID> leavers = new HashSet<>();
    private final Deque<UUID> lookups = new ArrayDeque<>();
    private final Deque<CredentialChange> ready = new ArrayDeque<>();
    private ChangeFeed feed;
    private boolean listed;
    private boolean ended;
    private int pages;

    ChangeRun(
            long number,
            LdapWatermark from,
            Strategy strategy,
            Session session,
            RunMeans means,
            PasswordVersions versions,
            UnusableUsers unusable) {
        this.number = number;
        this.from = from;
        this.strategy = strategy;
        this.session = session;
        this.means = means;
        this.people = means.people();
        this.versions = versions;
        this.unusable = unusable;
        this.whereabouts =
                new Whereabouts(
                        means.connection(),
                        means.facts(),
                        means.settings().scope(),
                        means.membership(),
                        people,
                        unusable);
        this.untold = new UntoldUsers(means, from, versions, whereabouts);
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
                                    means.membership().hash(),
                                    untold.lookedAt(),
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
        if (positions.size() < means.bases().size()) {
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
        if (positions.size() == means.bases().size()) {
            plan();
        }
    }

    private ChangeFeed open(int base) throws ConnectorException {
        return strategy.feed(
                means,
                means.below(means.bases().get(base), people.attributes()),
                from.isFull() ? new byte[0] : from.positions().get(base));
    }

    private void read(SearchResultEntry entry) {
        Optional<UUID> id = feed.last();
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
        if (!means.membership().includes(entry, people.loginName(entry))) {
            if (versions.known(id.get()).isPresent()) {
                lookups.add(id.get());
            }
            return;
        }
        // at most one change for a user in a run of several bases that overlap
        boolean again =
                !(from.isFull() ? seen.add(id.get()) : seen.add(id.get()) | given.add(id.get()));
        if (again || !people.isUser(entry)) {
            return;
        }
        Optional<SourceAnchor> anchor = Optional.of(people.anchors().anchor(id.get()));
        if (people.loginName(entry).isEmpty()) {
            remember(id.get(), entry);
            report(
                    entry,
                    anchor,
                    "the user has a password but no "
                            + means.settings().mapping().login()
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
            remember(id.get(), entry);
            report(entry, anchor, e.getMessage());
        } catch (LaggingAnswerException e) {
            unusable.add(people.unread(id.get(), e));
        }
    }

    /** Whoever is told of as unusable has to be told of as gone one day. */
    private void remember(UUID id, SearchResultEntry entry) {
        try {
            people.withoutPassword(id, entry).close();
        } catch (LaggingAnswerException e) {
            // there was something newer, which is remembered
        }
    }

    private void report(SearchResultEntry entry, Optional<SourceAnchor> anchor, String reason) {
        unusable.add(entry.getDN(), people.loginName(entry), anchor, reason);
    }

    /** When the server has sent all: who is to be looked up beyond that. */
    private void plan() throws ConnectorException {
        lookups.addAll(untold.of(gone, listed ? Optional.of(seen) : Optional.empty(), given));
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
        session.release(means.connection());
        ready.forEach(CredentialChange::close);
        ready.clear();
    }
}
