/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.health.Finding;
import java.util.List;

/** Looks what the account may read: users, their anchors and passwords. */
final class SourceRights implements Check {
    private static final String PASSWORD = "userPassword";
    private static final int ENOUGH = 1_001;

    private final LdapSettings settings;
    private final String account;

    SourceRights(LdapSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.account = name(context);
    }

    static String name(ConnectorContext context) {
        try {
            return context.accountName().orElse("ACCOUNT");
        } catch (ConnectorException e) {
            return "ACCOUNT";
        }
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        for (String base : settings.scope().bases()) {
            base(subject, connection, facts, base, findings);
        }
    }

    private void base(
            String subject,
            LDAPConnection connection,
            ServerFacts facts,
            String base,
            List<Finding> findings)
            throws LDAPException {
        try {
            if (connection.getEntry(base, "1.1") == null) {
                findings.add(
                        Finding.error(
                                subject,
                                "'" + base + "' is not there, or hidden from the account",
                                "correct baseDns, or let the account read it"));
                return;
            }
            limits(subject, connection, base, findings);
            users(subject, connection, facts, base, findings);
        } catch (LDAPSearchException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            findings.add(
                    Finding.error(
                            subject,
                            "'" + base + "' cannot be searched: " + Failures.text(e),
                            "let the account search it"));
        }
    }

    private void limits(
            String subject, LDAPConnection connection, String base, List<Finding> findings)
            throws LDAPSearchException {
        SearchRequest request =
                new SearchRequest(base, SearchScope.SUB, settings.scope().filter(), "1.1");
        request.setSizeLimit(ENOUGH);
        int seen;
        try {
            seen = connection.search(request).getEntryCount();
        } catch (LDAPSearchException e) {
            if (!Failures.isLimit(e.getResultCode())) {
                throw e;
            }
            seen = e.getEntryCount();
            if (seen < ENOUGH) {
                findings.add(
                        Finding.error(
                                subject,
                                "the account gets "
                                        + Finding.count(seen, "entry", "entries")
                                        + " at most",
                                "lift its limits; in OpenLDAP: limits dn.exact=\""
                                        + account
                                        + "\" size=unlimited time=unlimited"));
                return;
            }
        }
        findings.add(
                seen == 0
                        ? Finding.warning(
                                subject,
                                "nobody below '" + base + "' matches " + settings.scope().filter(),
                                "correct baseDns, filter or objectClasses, or the account's"
                                        + " rights")
                        : Finding.ok(
                                subject,
                                "'"
                                        + base
                                        + "' has "
                                        + (seen < ENOUGH
                                                ? Finding.count(seen, "user", "users")
                                                : "more than "
                                                        + Finding.count(
                                                                ENOUGH - 1, "user", "users"))));
    }

    private void users(
            String subject,
            LDAPConnection connection,
            ServerFacts facts,
            String base,
            List<Finding> findings)
            throws LDAPException {
        Anchors anchors = Anchors.of(settings.mapping(), facts);
        SearchResultEntry user = any(connection, base, anchors, PASSWORD);
        if (user == null) {
            user = any(connection, base, anchors, settings.mapping().login());
        }
        if (user == null) {
            return;
        }
        if (anchors.of(user).isEmpty()) {
            findings.add(
                    Finding.error(
                            subject,
                            "users show no " + anchors.attribute(),
                            "let the account read it, or set anchorAttribute"));
        }
        findings.add(
                user.hasAttribute(PASSWORD)
                        ? Finding.ok(subject, "the account may read userPassword")
                        : Finding.error(
                                subject,
                                "the account may not read userPassword, or no user has one",
                                grant(facts.kind(), base)));
        if (new WriteProbe(connection).write(user.getDN(), PASSWORD) == WriteProbe.Answer.MAY) {
            findings.add(
                    Finding.warning(
                            subject,
                            "the account may write userPassword, too",
                            "let it read only: 'read' in place of 'write' in OpenLDAP, '"
                                    + "(read,search,compare)' in 389"));
        }
    }

    private SearchResultEntry any(
            LDAPConnection connection, String base, Anchors anchors, String having)
            throws LDAPSearchException {
        SearchRequest request =
                new SearchRequest(
                        base,
                        SearchScope.SUB,
                        Filter.createANDFilter(
                                settings.scope().filter(), Filter.createPresenceFilter(having)),
                        anchors.attribute(),
                        PASSWORD);
        request.setSizeLimit(1);
        try {
            List<SearchResultEntry> found = connection.search(request).getSearchEntries();
            return found.isEmpty() ? null : found.get(0);
        } catch (LDAPSearchException e) {
            if (!Failures.isLimit(e.getResultCode()) || e.getSearchEntries().isEmpty()) {
                throw e;
            }
            return e.getSearchEntries().get(0);
        }
    }

    private String grant(ServerKind kind, String base) {
        return kind == ServerKind.DIRECTORY_389
                ? "add to "
                        + base
                        + ": aci: (targetattr=\"userPassword\")(version 3.0; acl \"passbridge\";"
                        + " allow (read,search,compare) userdn=\"ldap:///"
                        + account
                        + "\";)"
                : "in OpenLDAP, before the other rules: access to dn.subtree=\""
                        + base
                        + "\" attrs=userPassword by dn.exact=\""
                        + account
                        + "\" read by self write by anonymous auth by * none";
    }
}
