/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.connector.ldap.settings.Reading.StrategyChoice;
import io.passbridge.connector.ldap.source.SyncProbe;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Optional;

/** Looks how changes are going to be found, by trying content synchronisation on a base alone. */
final class Feature implements Check {
    private final LdapSettings settings;

    Feature(LdapSettings settings) {
        this.settings = settings;
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        StrategyChoice choice = settings.reading().strategy();
        if (choice == StrategyChoice.MODIFY_TIMESTAMP) {
            findings.add(
                    Finding.ok(subject, "changes are found by modify-timestamp, as configured"));
            return;
        }
        Optional<String> refusal = SyncProbe.trouble(connection, facts, settings.scope());
        String trouble = refusal.orElse("");
        if (trouble.isEmpty()) {
            findings.add(Finding.ok(subject, "changes are found by content-sync"));
        } else if (choice == StrategyChoice.CONTENT_SYNC) {
            findings.add(
                    Finding.error(
                            subject,
                            "it refuses content-sync (" + trouble + "), which is configured",
                            remedy(facts.kind())));
        } else {
            findings.add(
                    Finding.note(
                            subject,
                            "content-sync is not to be had ("
                                    + trouble
                                    + "), so changes are found by modify-timestamp: later, and with"
                                    + " everybody listed now and then",
                            remedy(facts.kind())));
        }
    }

    private static String remedy(ServerKind kind) {
        return switch (kind) {
            case OPENLDAP ->
                    "in slapd.conf: moduleload syncprov, and for the database: overlay syncprov,"
                            + " syncprov-sessionlog 100000, index entryCSN,entryUUID eq";
            case DIRECTORY_389 ->
                    "switch on cn=Content Synchronization,cn=plugins,cn=config and cn=Retro"
                            + " Changelog Plugin,cn=plugins,cn=config, and restart";
            case OTHER -> "set strategy = modify-timestamp to have it so for good";
        };
    }
}
