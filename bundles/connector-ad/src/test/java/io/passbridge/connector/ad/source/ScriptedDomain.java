/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.tck.TestContext;
import java.nio.file.Path;
import java.util.Map;

/** A domain in memory: LDAP of a real server, replication as it was scripted. */
final class ScriptedDomain implements AutoCloseable {
    private static final ReplicationEndpoint ENDPOINT =
            new ReplicationEndpoint("dc1.corp.example", "127.0.0.1", 135, 0);

    final ScriptedSession session = new ScriptedSession();
    final InMemoryDirectoryServer ldap;
    final TestContext context;
    final AdSettings settings;
    private final Controller controller;

    ScriptedDomain(Path folder) throws Exception {
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("DC=corp,DC=example");
        config.setSchema(null);
        ldap = new InMemoryDirectoryServer(config);
        ldap.startListening();
        ldap.add("dn: DC=corp,DC=example", "objectClass: top", "objectClass: domain", "dc: corp");
        context = Domain.context(Map.of("domain", "corp.example"), folder);
        settings = AdSettings.of(context.configuration());
        controller = new Controller(ENDPOINT, ldap.getConnection(), session, settings);
    }

    ChangeRun run(AdWatermark from) throws Exception {
        return new ChangeRun(1, from, controller, settings, context);
    }

    @Override
    public void close() {
        controller.close();
        ldap.shutDown(true);
        context.close();
    }
}
