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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;

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
        try (Secret secret = context.accountSecret()) {
            String account = account();
            LDAPConnection connection = null;
            try {
                connection = open(server, secret);
                signIn(connection, account, secret);
                return connection;
            } catch (LDAPException e) {
                close(connection);
                throw Failures.ofConnecting(server.toString(), account, e);
            } catch (ConnectorException e) {
                close(connection);
                throw e;
            }
        }
    }

    private static void close(LDAPConnection connection) {
        if (connection != null) {
            connection.close();
        }
    }

    /** The name that the account signs in with. */
    public String account() throws ConnectorException {
        String name = context.accountName().orElse("");
        if (name.isEmpty() && reach.authentication() == Authentication.SIMPLE) {
            throw new ConnectorException(
                    Kind.AUTHENTICATION,
                    "the account has no name; account:set stores its distinguished name and"
                            + " password");
        }
        return name;
    }

    private LDAPConnection open(ServerAddress server, Secret secret)
            throws LDAPException, ConnectorException {
        LDAPConnectionOptions options = options();
        if (!reach.seals(server)) {
            return new LDAPConnection(options, server.host(), server.port());
        }
        SSLContext tls =
                reach.authentication() == Authentication.EXTERNAL
                        ? Tls.context(reach, secret)
                        : Tls.context(reach);
        if (server.ldaps()) {
            return new LDAPConnection(
                    tls.getSocketFactory(), options, server.host(), server.port());
        }
        LDAPConnection connection = new LDAPConnection(options, server.host(), server.port());
        try {
            ExtendedResult sealed =
                    connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
            if (!sealed.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPException(sealed);
            }
            return connection;
        } catch (LDAPException e) {
            connection.close();
            throw e;
        }
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

    private void signIn(LDAPConnection connection, String account, Secret secret)
            throws LDAPException {
        if (reach.authentication() == Authentication.EXTERNAL) {
            // with an empty name, since OpenLDAP asks back if there is none at all
            connection.bind(new EXTERNALBindRequest(""));
            return;
        }
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
