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
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.credential.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.util.Arrays;
import javax.net.ssl.TrustManager;

/**
 * Makes LDAP connections to a domain controller: always sealed by TLS, the certificate checked
 * against its authorities and against the controller's name, whatever address is connected to.
 */
final class LdapConnector {
    private final AdSettings settings;

    LdapConnector(AdSettings settings) {
        this.settings = settings;
    }

    /**
     * @param userName as Active Directory takes it in a simple bind: a user principal name
     * @param secret stays the caller's
     */
    LDAPConnection connect(ReplicationEndpoint controller, String userName, Secret secret)
            throws ConnectorException {
        byte[] password = secret.toBytes();
        LDAPConnection connection = null;
        try {
            connection = open(controller);
            connection.bind(new SimpleBindRequest(userName, password));
            return connection;
        } catch (LDAPException | GeneralSecurityException | IOException e) {
            if (connection != null) {
                connection.close();
            }
            throw failure(controller, userName, e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private LDAPConnection open(ReplicationEndpoint controller)
            throws LDAPException, GeneralSecurityException, IOException {
        SSLUtil tls = new SSLUtil(trust());
        if (!settings.startTls()) {
            return new LDAPConnection(
                    tls.createSSLSocketFactory(),
                    options(controller),
                    controller.hostName(),
                    settings.ldapPort());
        }
        LDAPConnection connection =
                new LDAPConnection(options(controller), controller.hostName(), settings.ldapPort());
        ExtendedResult sealed =
                connection.processExtendedOperation(
                        new StartTLSExtendedRequest(tls.createSSLContext()));
        if (sealed.getResultCode() != ResultCode.SUCCESS) {
            connection.close();
            throw new LDAPException(sealed);
        }
        return connection;
    }

    private TrustManager trust() throws KeyStoreException, IOException {
        return settings.caCertificates().isPresent()
                ? new PEMFileTrustManager(settings.caCertificates().get().toFile())
                : JVMDefaultTrustManager.getInstance();
    }

    private LDAPConnectionOptions options(ReplicationEndpoint controller) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) settings.connectTimeout().toMillis());
        options.setResponseTimeoutMillis(settings.callTimeout().toMillis());
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        options.setFollowReferrals(false);
        options.setUseKeepAlive(true);
        options.setNameResolver(new FixedAddress(controller));
        return options;
    }

    private static ConnectorException failure(
            ReplicationEndpoint controller, String userName, Exception e) {
        String place = "LDAP at " + controller;
        if (e instanceof LDAPException ldap) {
            if (ldap.getResultCode() == ResultCode.INVALID_CREDENTIALS) {
                return new ConnectorException(
                        Kind.AUTHENTICATION,
                        place
                                + " refuses "
                                + userName
                                + LdapFailure.reason(ldap)
                                + "; account:set stores the right secret");
            }
            if (LdapFailure.isCertificate(ldap)) {
                return new ConnectorException(
                        Kind.CONFIGURATION,
                        place
                                + ": its certificate is not accepted ("
                                + LdapFailure.rootMessage(ldap)
                                + "); set caCertificates to the authority that signed it, and name"
                                + " the controller as the certificate does");
            }
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
