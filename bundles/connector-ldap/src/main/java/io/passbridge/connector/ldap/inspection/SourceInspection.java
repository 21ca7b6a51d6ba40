/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.Servers;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.connector.ldap.settings.ServerAddress;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests a source over connections of its own: each server, its certificate and clock, what the
 * account may read and more than it should, and how changes will be found.
 */
public final class SourceInspection {
    private final LdapSettings settings;
    private final ConnectorContext context;
    private final List<Finding> findings = new ArrayList<>();

    public SourceInspection(LdapSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
    }

    public List<Finding> findings() {
        Servers servers = new Servers(settings.reach(), context);
        for (ServerAddress server : settings.reach().servers()) {
            inspect(servers, server);
        }
        return findings;
    }

    private void inspect(Servers servers, ServerAddress server) {
        String subject = "server " + server;
        try (LDAPConnection connection = servers.connect(server)) {
            ServerFacts facts = ServerFacts.read(connection);
            findings.add(
                    Finding.ok(
                            subject,
                            "signed in to " + (facts.kind() + " " + facts.version()).strip()));
            new Sealing(settings.reach(), context.clock())
                    .inspect(subject, server, connection, findings);
            new ServerClock(context.clock()).inspect(subject, connection, findings);
            new SourceRights(settings, servers.account())
                    .inspect(subject, connection, facts, findings);
            new Feature(settings).inspect(subject, connection, facts, findings);
        } catch (ConnectorException e) {
            findings.add(Finding.error(subject, e.getMessage(), remedy(e)));
        } catch (LDAPException e) {
            findings.add(
                    Finding.error(
                            subject,
                            "the connection broke: " + e.getResultCode().getName(),
                            "look at the server's log"));
        }
    }

    private String remedy(ConnectorException e) {
        return switch (e.kind()) {
            case AUTHENTICATION ->
                    "account:set "
                            + settings.instance()
                            + " stores the account's distinguished name and password";
            case CONFIGURATION ->
                    "mend etc/io.passbridge.connector.ldap-" + settings.instance() + ".cfg";
            case PERMISSION -> "give the account the right";
            default -> "check the server's name, the network and the firewall (TCP 389 or 636)";
        };
    }
}
