/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.drsr.BindMessage;
import io.passbridge.connector.ad.drsr.Drs;
import io.passbridge.connector.ad.drsr.SecretDecryptor;
import io.passbridge.connector.ad.kerberos.ControllerTickets;
import io.passbridge.connector.ad.kerberos.JaasTickets;
import io.passbridge.connector.ad.kerberos.TicketSource;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.ReplicationClient;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.replication.SessionFacts;
import io.passbridge.connector.ad.rpc.EndpointMapper;
import io.passbridge.connector.ad.rpc.RpcConnection;
import io.passbridge.connector.ad.rpc.RpcReply;
import io.passbridge.connector.ad.rpc.RpcSecurity;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Opens sessions over the protocol itself. */
public final class DrsReplicationClient implements ReplicationClient {
    private final Authenticator.Means means;

    /**
     * @param policy asked before each use of the legacy primitives that the protocol forces
     */
    public DrsReplicationClient(LegacyPolicy policy) {
        this(policy, new SecureRandom(), Clock.systemUTC());
    }

    private DrsReplicationClient(LegacyPolicy policy, SecureRandom random, Clock clock) {
        this(policy, new ControllerTickets(new JaasTickets(), random, clock), random, clock);
    }

    DrsReplicationClient(
            LegacyPolicy policy, TicketSource tickets, SecureRandom random, Clock clock) {
        this.means = new Authenticator.Means(new LegacyPrimitives(policy), tickets, random, clock);
    }

    @Override
    public ReplicationSession open(
            ReplicationEndpoint endpoint, DirectoryAccount account, ReplicationSettings settings)
            throws ReplicationException {
        Failures failures = new Failures(endpoint, account.toString());
        int port = port(endpoint, settings, failures);
        Authenticator authenticator =
                new Authenticator(means, endpoint, account, settings, failures);
        try {
            RpcSecurity security = authenticator.authenticate();
            try {
                return open(
                        endpoint,
                        port,
                        security,
                        authenticator.withoutKerberos(),
                        settings,
                        failures);
            } catch (ReplicationException | RuntimeException e) {
                security.close();
                throw e;
            }
        } catch (LegacyRefusedException e) {
            throw failures.legacyRefused(e);
        }
    }

    private static int port(
            ReplicationEndpoint endpoint, ReplicationSettings settings, Failures failures)
            throws ReplicationException {
        if (endpoint.replicationPort() != 0) {
            return endpoint.replicationPort();
        }
        try {
            return EndpointMapper.port(
                    new InetSocketAddress(endpoint.address(), endpoint.mapperPort()),
                    Drs.INTERFACE,
                    settings.connectTimeout(),
                    settings.callTimeout());
        } catch (IOException e) {
            throw failures.unreachable("the endpoint mapper", e);
        }
    }

    private ReplicationSession open(
            ReplicationEndpoint endpoint,
            int port,
            RpcSecurity security,
            Optional<String> withoutKerberos,
            ReplicationSettings settings,
            Failures failures)
            throws ReplicationException {
        RpcConnection connection;
        try {
            connection =
                    RpcConnection.connect(
                            new InetSocketAddress(endpoint.address(), port),
                            settings.connectTimeout(),
                            settings.maxReplyBytes());
        } catch (IOException e) {
            throw failures.unreachable("the replication interface", e);
        }
        try {
            connection.bind(
                    Drs.INTERFACE, security, settings.headerSigning(), settings.callTimeout());
            BindMessage.Reply bound = bind(connection, settings, failures);
            SessionFacts facts =
                    new SessionFacts(
                            endpoint,
                            Authenticator.choice(security),
                            withoutKerberos,
                            security.cipher(),
                            connection.headerSigning(),
                            bound.server().flags(),
                            bound.server().flagsExt(),
                            bound.server().epoch(),
                            bound.server().site());
            SecretDecryptor decryptor = new SecretDecryptor(means.legacy(), security.sessionKeys());
            return new DrsSession(connection, decryptor, settings, failures, facts, bound);
        } catch (IOException e) {
            connection.close();
            throw failures.opening(e);
        } catch (ReplicationException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Binds, and once more with the domain's replication epoch when it is not 0 (MS-DRSR 4.1.3.1,
     * dwReplEpoch).
     */
    private static BindMessage.Reply bind(
            RpcConnection connection, ReplicationSettings settings, Failures failures)
            throws IOException, ReplicationException {
        BindMessage.Reply first = bind(connection, settings, failures, 0);
        int epoch = first.server().epoch();
        return epoch == 0 ? first : bind(connection, settings, failures, epoch);
    }

    private static BindMessage.Reply bind(
            RpcConnection connection, ReplicationSettings settings, Failures failures, int epoch)
            throws IOException, ReplicationException {
        try (RpcReply reply =
                connection.call(Drs.OP_BIND, BindMessage.request(epoch), settings.callTimeout())) {
            BindMessage.Reply bound = BindMessage.reply(reply.reader());
            if (bound.status() != 0) {
                throw failures.returned(bound.status(), "a directory session");
            }
            return bound;
        }
    }
}
