/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.Secret;
import io.passbridge.itests.lab.Identity;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdapConnectorTest {
    private static final String ACCOUNT = "CN=svc-sync,DC=corp,DC=example";
    private static final String PASSWORD = "Secret-of-svc-sync";

    @TempDir private Path folder;

    @Test
    void fipsEnforced_aCertificateThatIsNotApprovedIsRefused_withLimitAndRemedy() throws Exception {
        Identity identity =
                Identity.of(
                        folder,
                        "short",
                        List.of("-keyalg", "EC"),
                        List.of("-keyalg", "RSA", "-keysize", "1024"));
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("DC=corp,DC=example");
        config.addAdditionalBindCredentials(ACCOUNT, PASSWORD);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPSConfig(
                        "ldaps",
                        InetAddress.getLoopbackAddress(),
                        0,
                        identity.context().getServerSocketFactory(),
                        null));
        try (InMemoryDirectoryServer controller = new InMemoryDirectoryServer(config)) {
            controller.startListening();
            try (TestContext context =
                    Domain.context(
                            Map.of(
                                    "domain",
                                    "corp.example",
                                    "ldapPort",
                                    Integer.toString(controller.getListenPort()),
                                    "caCertificates",
                                    identity.authority().toString()),
                            folder)) {
                connect(context);
                context.withFipsEnforced();
                assertThatThrownBy(() -> connect(context))
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                        .hasMessageContaining("has an RSA key of 1024 bits; RSA keys have at least")
                        .hasMessageContaining("set 'enforce = off'");
            }
        }
    }

    private static void connect(TestContext context) throws ConnectorException {
        ReplicationEndpoint here = new ReplicationEndpoint("127.0.0.1", "127.0.0.1", 135, 0);
        try (Secret secret = Secret.ofChars(PASSWORD.toCharArray())) {
            new LdapConnector(AdSettings.of(context.configuration()), context.legacyPolicy())
                    .connect(here, ACCOUNT, secret)
                    .close();
        }
    }
}
