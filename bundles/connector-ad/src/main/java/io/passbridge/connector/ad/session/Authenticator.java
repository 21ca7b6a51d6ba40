/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.kerberos.KerberosException;
import io.passbridge.connector.ad.kerberos.KerberosSecurity;
import io.passbridge.connector.ad.kerberos.ServiceTicket;
import io.passbridge.connector.ad.kerberos.TicketException;
import io.passbridge.connector.ad.kerberos.TicketRequest;
import io.passbridge.connector.ad.kerberos.TicketSource;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.ntlm.NtlmSecurity;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.rpc.RpcSecurity;
import io.passbridge.credential.Secret;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses and prepares the security context of one session. */
final class Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);

    /**
     * What every session of a client shares.
     *
     * @param random for keys, challenges and confounders
     */
    record Means(LegacyPrimitives legacy, TicketSource tickets, SecureRandom random, Clock clock) {}

    private final Means means;
    private final ReplicationEndpoint endpoint;
    private final DirectoryAccount account;
    private final ReplicationSettings settings;
    private final Failures failures;
    private Optional<String> withoutKerberos = Optional.empty();

    Authenticator(
            Means means,
            ReplicationEndpoint endpoint,
            DirectoryAccount account,
            ReplicationSettings settings,
            Failures failures) {
        this.means = means;
        this.endpoint = endpoint;
        this.account = account;
        this.settings = settings;
        this.failures = failures;
    }

    RpcSecurity authenticate() throws ReplicationException {
        AuthenticationChoice choice = settings.authentication();
        if (choice == AuthenticationChoice.NTLM) {
            return ntlm();
        }
        try {
            return kerberos();
        } catch (TicketException e) {
            if (e.accountRefused()) {
                throw failures.ticketRefused(e);
            }
            if (choice == AuthenticationChoice.KERBEROS || !ntlmIsPossible()) {
                throw failures.noTicket(e);
            }
            withoutKerberos = Optional.of(e.getMessage());
            LOG.warn("{}: NTLM is used in place of Kerberos: {}", endpoint, e.getMessage());
            return ntlm();
        }
    }

    private boolean ntlmIsPossible() {
        return account.password().isPresent() && !means.legacy().fipsEnforced();
    }

    private RpcSecurity kerberos() throws ReplicationException, TicketException {
        String realm = account.domain().toUpperCase(Locale.ROOT);
        ServiceTicket ticket =
                means.tickets()
                        .obtain(
                                new TicketRequest(
                                        account.userName(),
                                        realm,
                                        List.of(service("ldap"), service("host")),
                                        account.password(),
                                        account.keytab(),
                                        InetSocketAddress.createUnresolved(
                                                endpoint.address(), TicketRequest.PORT),
                                        settings.connectTimeout()));
        try {
            return new KerberosSecurity(ticket, means.random(), means.clock());
        } catch (KerberosException e) {
            ticket.close();
            throw failures.opening(e);
        }
    }

    private String service(String kind) {
        return kind + "/" + endpoint.hostName();
    }

    /** Why NTLM was used though Kerberos is preferred. */
    Optional<String> withoutKerberos() {
        return withoutKerberos;
    }

    static AuthenticationChoice choice(RpcSecurity security) {
        return security instanceof NtlmSecurity
                ? AuthenticationChoice.NTLM
                : AuthenticationChoice.KERBEROS;
    }

    private RpcSecurity ntlm() throws ReplicationException {
        if (!ntlmIsPossible()) {
            throw failures.ntlmImpossible(means.legacy().fipsEnforced());
        }
        byte[] utf16 = utf16(account.password().orElseThrow());
        try {
            return new NtlmSecurity(
                    means.legacy(),
                    account.userName(),
                    account.domain(),
                    utf16,
                    service("ldap"),
                    means.random(),
                    means.clock());
        } finally {
            LegacyPrimitives.wipe(utf16);
        }
    }

    private static byte[] utf16(Secret password) {
        char[] chars = password.toChars();
        ByteBuffer encoded = StandardCharsets.UTF_16LE.encode(CharBuffer.wrap(chars));
        byte[] exact = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(chars, '\0');
        return exact;
    }
}
