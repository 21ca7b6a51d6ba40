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
import io.passbridge.connector.ldap.settings.Reach;
import io.passbridge.connector.ldap.settings.ServerAddress;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests an instance over connections of its own: each server, its certificate and clock, and what
 * the role needs of it.
 */
public final class Inspection {
    private final Reach reach;
    private final ConnectorContext context;
    private final String file;
    private final List<Check> checks;

    private Inspection(Reach reach, ConnectorContext context, String type, List<Check> checks) {
        this.reach = reach;
        this.context = context;
        this.file =
                "etc/io.passbridge.connector." + type + "-" + context.configuration().instance();
        this.checks = checks;
    }

    /**
     * Of a source: what the account may read and more than it should, and how changes are found.
     */
    public static Inspection of(LdapSettings settings, ConnectorContext context) {
        return new Inspection(
                settings.reach(),
                context,
                "ldap",
                List.of(
                        new SourceRights(settings, context),
                        new Might(context),
                        new Feature(settings)));
    }

    /**
     * Of a target: what the account may write, and what the server verifies, holds and has room
     * for.
     */
    public static Inspection of(TargetSettings settings, ConnectorContext context) {
        return new Inspection(
                settings.reach(),
                context,
                "ldaptarget",
                List.of(
                        new Room(settings),
                        new TargetRights(settings, context),
                        new CreationRights(settings, context),
                        new Abilities(settings),
                        new SignInBack(settings, context),
                        new Might(context)));
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Servers servers = new Servers(reach, context);
        for (ServerAddress server : reach.servers()) {
            inspect(servers, server, findings);
        }
        return findings;
    }

    private void inspect(Servers servers, ServerAddress server, List<Finding> findings) {
        String subject = "server " + server;
        try (LDAPConnection connection = servers.connect(server)) {
            ServerFacts facts = ServerFacts.read(connection);
            findings.add(
                    Finding.ok(
                            subject,
                            "signed in to " + (facts.kind() + " " + facts.version()).strip()));
            new Sealing(reach, context.clock()).inspect(subject, server, connection, findings);
            new ServerClock(context.clock()).inspect(subject, connection, findings);
            for (Check check : checks) {
                check.inspect(subject, connection, facts, findings);
            }
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
                            + context.configuration().instance()
                            + " stores the account's distinguished name and password";
            case CONFIGURATION -> "mend " + file + ".cfg";
            case PERMISSION -> "give the account the right";
            default -> "check the server's name, the network and the firewall (TCP 389 or 636)";
        };
    }
}
