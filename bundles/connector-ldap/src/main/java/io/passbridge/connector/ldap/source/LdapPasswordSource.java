/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.entry.PasswordAges;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.memory.PasswordVersions;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads users, their passwords and states in the way that the server offers. */
public final class LdapPasswordSource implements PasswordSource, AutoCloseable {
    private final LdapSettings settings;
    private final ConnectorContext context;
    private final Session session;
    private final PasswordVersions versions;
    private final SyncPosition syncPosition;

    private final Set<UUID> leavers = new HashSet<>();
    private Watermark leaversToldAt;
    private ChangeRun run;
    private long runs;
    private Strategy strategy;
    private String scope;

    public LdapPasswordSource(
            LdapSettings settings,
            ConnectorContext context,
            Session session,
            SyncPosition syncPosition) {
        this.settings = settings;
        this.context = context;
        this.session = session;
        this.syncPosition = syncPosition;
        this.versions =
                new PasswordVersions(context.dataFolder(), settings.reach().servers().size() > 1);
    }

    /** One server tells what it holds now; of several, the next one may be behind. */
    @Override
    public boolean mayLag() {
        return settings.reach().servers().size() > 1;
    }

    @Override
    public synchronized ChangePage changes(Watermark after, int limit) throws ConnectorException {
        try {
            versions.open();
            return page(after, limit);
        } catch (UncheckedIOException e) {
            end();
            throw new ConnectorException(
                    Kind.CONFIGURATION, e.getMessage() + ": " + e.getCause().getMessage());
        }
    }

    private ChangePage page(Watermark after, int limit) throws ConnectorException {
        LDAPConnection connection = null;
        try {
            if (run == null || !run.standsAt(LdapWatermark.parse(after, scope))) {
                end();
                connection = session.connect();
                begin(after, connection);
                connection = null;
            }
            ChangePage page = run.next(limit);
            if (!page.more()) {
                leavers.addAll(run.leavers());
                leaversToldAt = page.next();
                syncPosition.reached(page.next());
                end();
            }
            return page;
        } catch (LDAPException e) {
            end();
            throw Failures.ofReading("the directory", e);
        } catch (ConnectorException | RuntimeException e) {
            end();
            // the server may be another one, or do other things, when it is asked again
            strategy = null;
            throw e;
        } finally {
            if (connection != null) {
                session.release(connection);
            }
        }
    }

    private void begin(Watermark after, LDAPConnection connection)
            throws LDAPException, ConnectorException {
        if (after.equals(leaversToldAt)) {
            versions.forget(leavers);
        }
        leavers.clear();
        leaversToldAt = null;
        ServerFacts facts = ServerFacts.read(connection);
        People people = people(connection, facts);
        scope = scope(people.anchors());
        LdapWatermark from = LdapWatermark.parse(after, scope);
        if (strategy == null) {
            strategy =
                    Strategy.of(settings.reading().strategy(), connection, facts, settings.scope());
        }
        if (from.isFull()) {
            versions.everybodyComes();
        } else if (versions.isLost()) {
            // who is gone could not be told from who never was a user
            throw LdapWatermark.expired("what was remembered of the users is lost");
        }
        if (!from.isFull() && !from.strategy().equals(strategy.toString())) {
            throw LdapWatermark.expired(
                    "the position is one of " + from.strategy() + ", not of " + strategy);
        }
        run =
                new ChangeRun(
                        ++runs,
                        from,
                        strategy,
                        session,
                        new RunMeans(
                                connection,
                                facts,
                                Membership.read(connection, facts, settings.scope()),
                                people,
                                settings,
                                context.clock().instant()),
                        versions,
                        new UnusableUsers(context));
    }

    private String scope(Anchors anchors) {
        String text = settings.scope().description() + "|" + anchors.attribute();
        return Integer.toHexString(text.hashCode());
    }

    private People people(LDAPConnection connection, ServerFacts facts) throws LDAPException {
        return new People(
                settings.mapping(),
                Anchors.of(settings.mapping(), facts),
                versions,
                PasswordAges.read(connection, facts, settings.reading().policy()),
                context.clock());
    }

    @Override
    public synchronized List<CredentialChange> read(Collection<SourceAnchor> anchors)
            throws ConnectorException {
        try {
            versions.open();
            return session.ask(
                    directory -> {
                        LDAPConnection connection = directory.getConnection();
                        try {
                            ServerFacts facts = ServerFacts.read(connection);
                            List<CredentialChange> changes =
                                    read(anchors, connection, facts, people(connection, facts));
                            directory.releaseConnection(connection);
                            return changes;
                        } catch (LDAPException | ConnectorException | RuntimeException e) {
                            directory.releaseDefunctConnection(connection);
                            throw e;
                        }
                    });
        } catch (UncheckedIOException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, e.getMessage() + ": " + e.getCause().getMessage());
        }
    }

    private List<CredentialChange> read(
            Collection<SourceAnchor> anchors,
            LDAPConnection connection,
            ServerFacts facts,
            People people)
            throws LDAPException, ConnectorException {
        List<UUID> ids = new ArrayList<>();
        List<CredentialChange> never = new ArrayList<>();
        for (SourceAnchor anchor : new HashSet<>(anchors)) {
            Optional<UUID> id = people.anchors().parse(anchor.value());
            if (id.isPresent() && people.anchors().anchor(id.get()).equals(anchor)) {
                ids.add(id.get());
            } else {
                never.add(people.never(anchor));
            }
        }
        UnusableUsers unusable = new UnusableUsers(context);
        List<CredentialChange> changes =
                new Whereabouts(
                                connection,
                                facts,
                                settings.scope(),
                                Membership.read(connection, facts, settings.scope()),
                                people,
                                unusable)
                        .of(ids);
        if (!unusable.unread().isEmpty()) {
            changes.forEach(CredentialChange::close);
            throw new ConnectorException(Kind.CONFLICT, unusable.unread().get(0).reason());
        }
        changes.addAll(never);
        versions.flush();
        return changes;
    }

    private void end() {
        if (run != null) {
            run.close();
            run = null;
        }
    }

    /** Ends for good, after the session has been closed. */
    @Override
    public synchronized void close() {
        end();
        versions.close();
    }
}
