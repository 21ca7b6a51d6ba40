/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import io.passbridge.connector.ldap.LdapConnectorFactory;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    private static final String ACCOUNT = "cn=sync,dc=example,dc=org";

    /** Leaves the first connection without an answer once it is told to. */
    private static final class Silence extends InMemoryOperationInterceptor {
        private final AtomicInteger signIns = new AtomicInteger();
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean first;

        @Override
        public void processSimpleBindResult(InMemoryInterceptedSimpleBindResult result) {
            signIns.incrementAndGet();
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            if (first && request.getConnectionID() == 0) {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    @Timeout(30)
    void idleConnectionThatGivesNoAnswer_isReplacedBeforeAnybodyAsks(@TempDir Path folder)
            throws Exception {
        Silence silence = new Silence();
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.addAdditionalBindCredentials(ACCOUNT, "secret");
        config.addInMemoryOperationInterceptor(silence);
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.startListening();
        Map<String, String> values =
                Map.of(
                        "servers",
                        "ldap://127.0.0.1:" + server.getListenPort(),
                        "baseDns",
                        "dc=example,dc=org");
        TestConfiguration configuration =
                new TestConfiguration(
                        "corp", new LdapConnectorFactory().descriptor(), folder, values);
        try (TestContext context =
                        new TestContext(configuration, folder).withAccount(ACCOUNT, "secret");
                Session session =
                        new Session(
                                "corp",
                                new Servers(LdapSettings.of(configuration).reach(), context),
                                Duration.ofMillis(50),
                                Duration.ofMillis(300))) {
            session.ask(LDAPConnectionPool::getRootDSE);
            assertThat(silence.signIns).hasValue(1);
            silence.first = true;
            Awaitility.await().until(() -> silence.signIns.get() == 2);
            session.ask(LDAPConnectionPool::getRootDSE);
        } finally {
            silence.over.countDown();
            server.shutDown(true);
        }
    }
}
