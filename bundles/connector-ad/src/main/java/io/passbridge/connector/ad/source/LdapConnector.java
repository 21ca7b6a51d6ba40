/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.NameResolver;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.Secret;
import io.passbridge.tls.Refusal;
import io.passbridge.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes LDAP connections to a domain controller: always sealed by TLS, the certificate checked
 * against its authorities and against the controller's name, whatever address is connected to.
 */
final class LdapConnector {
    private final AdSettings settings;
    private final LegacyPolicy policy;

    /**
     * @param policy asked with each connection what may be negotiated
     */
    LdapConnector(AdSettings settings, LegacyPolicy policy) {
        this.settings = settings;
        this.policy = policy;
    }

    /**
     * @param userName as Active Directory takes it in a simple bind: a user principal name
     * @param secret stays the caller's
     */
    LDAPConnection connect(ReplicationEndpoint controller, String userName, Secret secret)
            throws ConnectorException {
        byte[] password = secret.toBytes();
        LDAPConnection connection = null;
        boolean fips = policy.fipsEnforced();
        try {
            connection = open(controller, fips);
            connection.bind(new SimpleBindRequest(userName, password));
            return connection;
        } catch (LDAPException e) {
            if (connection != null) {
                connection.close();
            }
            throw failure(controller, userName, fips, e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private SSLSocketFactory sockets(boolean fips) throws ConnectorException {
        try {
            return Tls.of(settings.ldap().caCertificates(), null, fips).sockets();
        } catch (GeneralSecurityException | IOException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "caCertificates "
                            + settings.ldap().caCertificates().map(Path::toString).orElse("")
                            + " cannot be used ("
                            + LdapFailure.rootMessage(e)
                            + "); give a readable PEM file of certificates",
                    e);
        }
    }

    private LDAPConnection open(ReplicationEndpoint controller, boolean fips)
            throws LDAPException, ConnectorException {
        SSLSocketFactory tls = sockets(fips);
        if (!settings.ldap().startTls()) {
            return new LDAPConnection(
                    tls, options(controller), controller.hostName(), settings.ldap().port());
        }
        LDAPConnection connection =
                new LDAPConnection(
                        options(controller), controller.hostName(), settings.ldap().port());
        ExtendedResult sealed =
                connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
        if (sealed.getResultCode() != ResultCode.SUCCESS) {
            connection.close();
            throw new LDAPException(sealed);
        }
        return connection;
    }

    private LDAPConnectionOptions options(ReplicationEndpoint controller) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) settings.times().connectTimeout().toMillis());
        options.setResponseTimeoutMillis(settings.times().callTimeout().toMillis());
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        options.setFollowReferrals(false);
        options.setUseKeepAlive(true);
        options.setNameResolver(new FixedAddress(controller));
        return options;
    }

    private static ConnectorException failure(
            ReplicationEndpoint controller, String userName, boolean fips, LDAPException e) {
        String place = "LDAP at " + controller;
        Optional<String> refusal = fips ? Refusal.in(e) : Optional.empty();
        if (refusal.isPresent()) {
            return new ConnectorException(Kind.CONFIGURATION, place + ": " + refusal.get());
        }
        if (e.getResultCode() == ResultCode.INVALID_CREDENTIALS) {
            return new ConnectorException(
                    Kind.AUTHENTICATION,
                    place
                            + " refuses "
                            + userName
                            + LdapFailure.reason(e)
                            + "; account:set stores the right secret");
        }
        if (LdapFailure.isCertificate(e)) {
            return new ConnectorException(
                    Kind.CONFIGURATION,
                    place
                            + ": its certificate is not accepted ("
                            + LdapFailure.rootMessage(e)
                            + "); set caCertificates to the authority that signed it, and name"
                            + " the controller as the certificate does");
        }
        return new ConnectorException(
                Kind.UNREACHABLE, place + " does not answer: " + LdapFailure.rootMessage(e));
    }

    /**
     * Leads the controller's name to the configured address, so that the certificate still has to
     * fit the name.
     */
    private static final class FixedAddress extends NameResolver {
        private final ReplicationEndpoint controller;

        FixedAddress(ReplicationEndpoint controller) {
            this.controller = controller;
        }

        @Override
        public InetAddress getByName(String host) throws UnknownHostException {
            if (!controller.hostName().equalsIgnoreCase(host)) {
                return InetAddress.getByName(host);
            }
            byte[] address = InetAddress.getByName(controller.address()).getAddress();
            return InetAddress.getByAddress(controller.hostName(), address);
        }

        @Override
        public void toString(StringBuilder buffer) {
            buffer.append("FixedAddress(").append(controller).append(')');
        }
    }
}
