/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.session.DrsReplicationClient;
import io.passbridge.credential.Secret;
import java.util.Set;

/**
 * The open connections to one domain controller: LDAP for objects, replication for hashes. Both to
 * the same controller, so that what they say fits together.
 */
final class Controller implements AutoCloseable {
    private final ReplicationEndpoint endpoint;
    private final LDAPConnection ldap;
    private final ReplicationSession replication;
    private final DomainDirectory directory;

    Controller(
            ReplicationEndpoint endpoint,
            LDAPConnection ldap,
            ReplicationSession replication,
            AdSettings settings) {
        this.endpoint = endpoint;
        this.ldap = ldap;
        this.replication = replication;
        this.directory = new DomainDirectory(ldap, settings);
    }

    /**
     * Opens both connections, or none. The account's secret is read for that and closed at once.
     */
    static Controller open(
            ReplicationEndpoint endpoint, AdSettings settings, ConnectorContext context)
            throws ConnectorException, ReplicationException {
        AccountNames names = AccountNames.of(context, settings);
        try (Secret secret = context.accountSecret()) {
            LDAPConnection ldap =
                    new LdapConnector(settings, context.legacyPolicy())
                            .connect(endpoint, names.userPrincipalName(), secret);
            try {
                DomainDirectory directory = new DomainDirectory(ldap, settings);
                directory.requireDomain(endpoint);
                Set<String> watched = directory.watched();
                DirectoryAccount account =
                        settings.signIn()
                                .keytab()
                                .map(
                                        keytab ->
                                                DirectoryAccount.withKeytab(
                                                        names.userName(), names.domain(), keytab))
                                .orElseGet(
                                        () ->
                                                DirectoryAccount.withPassword(
                                                        names.userName(), names.domain(), secret));
                ReplicationSession replication =
                        new DrsReplicationClient(context.legacyPolicy())
                                .open(
                                        endpoint,
                                        account,
                                        settings.replication().withWatched(watched));
                return new Controller(endpoint, ldap, replication, settings);
            } catch (ReplicationException e) {
                ReplicationException failure = withClock(e, endpoint, ldap, context);
                ldap.close();
                throw failure;
            } catch (ConnectorException | RuntimeException e) {
                ldap.close();
                throw e;
            }
        }
    }

    /** Kerberos tells that clocks differ, but not by how much; LDAP knows. */
    private static ReplicationException withClock(
            ReplicationException e,
            ReplicationEndpoint endpoint,
            LDAPConnection ldap,
            ConnectorContext context) {
        if (e.kind() != ReplicationException.Kind.CLOCK) {
            return e;
        }
        try {
            return ClockDifference.read(ldap, context.clock())
                    .map(
                            difference ->
                                    new ReplicationException(
                                            e.kind(),
                                            e.code(),
                                            "Kerberos refuses the account: the clock of "
                                                    + endpoint
                                                    + " "
                                                    + difference,
                                            e.remedy(),
                                            e))
                    .orElse(e);
        } catch (LDAPException unreadable) {
            return e;
        }
    }

    ReplicationEndpoint endpoint() {
        return endpoint;
    }

    LDAPConnection ldap() {
        return ldap;
    }

    DomainDirectory directory() {
        return directory;
    }

    ReplicationSession replication() {
        return replication;
    }

    boolean usable() {
        return ldap.isConnected();
    }

    @Override
    public void close() {
        replication.close();
        ldap.close();
    }
}
