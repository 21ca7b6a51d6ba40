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
import io.passbridge.connector.ldap.source.RetroChangelog;
import io.passbridge.connector.ldap.source.SyncProbe;
import io.passbridge.health.Finding;
import java.util.List;

/** Looks how changes are going to be found, by trying each way on a base alone. */
final class Feature implements Check {
    private static final String RETRO =
            "switch on cn=Retro Changelog Plugin,cn=plugins,cn=config, restart, and let the account"
                    + " read cn=changelog: aci: (targetattr != \"changes\")(version 3.0; acl"
                    + " \"passbridge\"; allow (read, search, compare) userdn=\"ldap:///ACCOUNT\";)";

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
        String changelog = RetroChangelog.trouble(connection, facts).orElse("");
        if (choice == StrategyChoice.RETRO_CHANGELOG) {
            findings.add(
                    changelog.isEmpty()
                            ? Finding.ok(subject, "changes are found by retro-changelog")
                            : refused(subject, choice, changelog, RETRO));
            return;
        }
        String trouble = SyncProbe.trouble(connection, facts, settings.scope()).orElse("");
        if (trouble.isEmpty()) {
            findings.add(Finding.ok(subject, "changes are found by content-sync"));
        } else if (choice == StrategyChoice.CONTENT_SYNC) {
            findings.add(refused(subject, choice, trouble, remedy(facts.kind())));
        } else if (changelog.isEmpty()) {
            findings.add(
                    Finding.ok(
                            subject,
                            "changes are found by retro-changelog, since content-sync is not to be"
                                    + " had ("
                                    + trouble
                                    + ")"));
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

    private static Finding refused(
            String subject, StrategyChoice choice, String trouble, String remedy) {
        return Finding.error(
                subject,
                "it refuses " + choice + " (" + trouble + "), which is configured",
                remedy);
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
