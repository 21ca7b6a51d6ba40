/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ldap.settings.Reach;
import io.passbridge.connector.ldap.settings.Reach.Authentication;
import io.passbridge.connector.ldap.settings.ServerAddress;
import io.passbridge.credential.Secret;
import io.passbridge.tls.Tls;
import io.passbridge.unixsocket.UnixSockets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes connections to the first server that works: sealed, with its certificate and name checked,
 * and signed in. The account's secret is opened for each connection and kept by none. Thread-safe.
 */
public final class Servers extends ServerSet {
    private final Reach reach;
    private final ConnectorContext context;
    private ServerAddress used;

    public Servers(Reach reach, ConnectorContext context) {
        this.reach = reach;
        this.context = context;
    }

    public Reach reach() {
        return reach;
    }

    /** As {@link #connect()}, for a pool: the failure is the cause of what is thrown. */
    @Override
    public LDAPConnection getConnection() throws LDAPException {
        try {
            return connect();
        } catch (ConnectorException e) {
            throw new LDAPException(ResultCode.CONNECT_ERROR, e.getMessage(), e);
        }
    }

    /** A connection to the first server that works, closed by the caller. */
    public LDAPConnection connect() throws ConnectorException {
        List<String> reasons = new ArrayList<>();
        ConnectorException last = null;
        for (ServerAddress server : reach.servers()) {
            try {
                LDAPConnection connection = connect(server);
                noteUsed(server, reasons);
                return connection;
            } catch (ConnectorException e) {
                if (e.kind() == Kind.AUTHENTICATION) {
                    // the next server would count one more wrong password
                    throw e;
                }
                reasons.add(e.getMessage());
                last = e;
            }
        }
        throw reasons.size() == 1
                ? last
                : new ConnectorException(last.kind(), String.join("; ", reasons));
    }

    private synchronized void noteUsed(ServerAddress server, List<String> reasons) {
        if (!server.equals(used) && !reasons.isEmpty()) {
            context.reportFailOver(server.toString(), String.join("; ", reasons));
        }
        used = server;
    }

    /** A connection to one server, closed by the caller. */
    public LDAPConnection connect(ServerAddress server) throws ConnectorException {
        if (!reach.needsSecret(server)) {
            return connect(server, Optional.empty());
        }
        try (Secret secret = context.accountSecret()) {
            return connect(server, Optional.of(secret));
        }
    }

    private LDAPConnection connect(ServerAddress server, Optional<Secret> secret)
            throws ConnectorException {
        String account = account();
        LDAPConnection connection = null;
        try {
            connection = open(server, secret);
            connection.setConnectionName(server.toString());
            signIn(connection, server, account, secret);
            return connection;
        } catch (LDAPException e) {
            close(connection);
            throw Failures.ofConnecting(
                    server.toString(),
                    account.isEmpty() ? "the platform's own account" : account,
                    fips(),
                    e);
        } catch (ConnectorException e) {
            close(connection);
            throw e;
        }
    }

    /**
     * Whether somebody can sign in with a password, over a connection of its own.
     *
     * @param password stays the caller's
     */
    public boolean signsIn(ServerAddress server, String dn, byte[] password)
            throws ConnectorException {
        try (LDAPConnection connection = open(server, Optional.empty())) {
            connection.bind(new SimpleBindRequest(dn, password));
            return true;
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
                return false;
            }
            throw Failures.ofConnecting(server.toString(), dn, fips(), e);
        }
    }

    private static void close(LDAPConnection connection) {
        if (connection != null) {
            connection.close();
        }
    }

    /** The name that the account signs in with. */
    public String account() throws ConnectorException {
        if (!reach.principal().isEmpty()) {
            return reach.principal();
        }
        String name = context.accountName().orElse("");
        if (name.isEmpty() && reach.authentication() != Authentication.EXTERNAL) {
            throw new ConnectorException(
                    Kind.AUTHENTICATION,
                    reach.authentication() == Authentication.KERBEROS
                            ? "the account has no name; account:set --name stores user@REALM"
                            : "the account has no name; account:set stores its distinguished name"
                                    + " and password");
        }
        return name;
    }

    private LDAPConnection open(ServerAddress server, Optional<Secret> secret)
            throws LDAPException, ConnectorException {
        LDAPConnectionOptions options = options();
        if (server.ldapi()) {
            // the address stands for this machine, and is not looked at
            return new LDAPConnection(
                    new UnixSockets(Path.of(server.host())), options, "127.0.0.1", 1);
        }
        if (!reach.seals(server)) {
            return new LDAPConnection(options, server.host(), server.port());
        }
        boolean fips = fips();
        Tls tls =
                reach.authentication() == Authentication.EXTERNAL && secret.isPresent()
                        ? Certificates.tls(reach, secret.get(), fips)
                        : Certificates.tls(reach, fips);
        if (server.ldaps()) {
            return new LDAPConnection(tls.sockets(), options, server.host(), server.port());
        }
        LDAPConnection connection = new LDAPConnection(options, server.host(), server.port());
        try {
            ExtendedResult sealed =
                    connection.processExtendedOperation(new StartTLSExtendedRequest(tls.sockets()));
            if (!sealed.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPException(sealed);
            }
            return connection;
        } catch (LDAPException e) {
            connection.close();
            throw e;
        }
    }

    private boolean fips() {
        return context.legacyPolicy().fipsEnforced();
    }

    private LDAPConnectionOptions options() {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) reach.connectLimit().toMillis());
        options.setResponseTimeoutMillis(reach.answerLimit().toMillis());
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        options.setFollowReferrals(reach.followReferrals());
        options.setUseKeepAlive(true);
        return options;
    }

    private void signIn(
            LDAPConnection connection,
            ServerAddress server,
            String account,
            Optional<Secret> secret)
            throws LDAPException, ConnectorException {
        switch (reach.authentication()) {
            case SIMPLE -> simple(connection, account, secret.orElseThrow());
            // with an empty name, since OpenLDAP asks back if there is none at all
            case EXTERNAL -> connection.bind(new EXTERNALBindRequest(""));
            case KERBEROS ->
                    new Kerberos(account, reach.keytab())
                            .signIn(connection, server.host(), reach.seals(server), secret);
        }
    }

    private static void simple(LDAPConnection connection, String account, Secret secret)
            throws LDAPException {
        byte[] password = secret.toBytes();
        try {
            connection.bind(new SimpleBindRequest(account, password));
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    @Override
    public void toString(StringBuilder buffer) {
        buffer.append("Servers").append(reach.servers());
    }
}
