/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ldap.inspection.WriteProbe.Answer;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.connector.ldap.target.StateForm;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks what the account may write: all that is needed of users, and nothing elsewhere. Tried with
 * one user and few other entries, by changes that cannot take effect.
 */
final class TargetRights implements Check {
    private static final String PASSWORD = "userPassword";
    private static final int SOME = 50;

    private final TargetSettings settings;
    private final String account;

    TargetRights(TargetSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.account = SourceRights.name(context);
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        WriteProbe probe = new WriteProbe(connection);
        for (String base : settings.scope().bases()) {
            Optional<String> user = users(connection, base, settings.scope().filter());
            if (user.isPresent()) {
                user(subject, probe, connection, facts, base, user.get(), findings);
            } else {
                findings.add(
                        Finding.note(
                                subject,
                                "nobody is to be seen below '"
                                        + base
                                        + "' whom writing could be tried with",
                                "test again when there are users"));
            }
        }
        elsewhere(subject, probe, connection, facts, findings);
    }

    private void user(
            String subject,
            WriteProbe probe,
            LDAPConnection connection,
            ServerFacts facts,
            String base,
            String user,
            List<Finding> findings)
            throws LDAPException {
        List<String> granted = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String attribute : needed(connection, facts)) {
            switch (probe.write(user, attribute)) {
                case MAY -> granted.add(attribute);
                case MAY_NOT -> missing.add(attribute);
                default -> unknown.add(attribute + " (" + probe.why(user, attribute) + ")");
            }
        }
        if (!missing.isEmpty()) {
            findings.add(
                    Finding.error(
                            subject,
                            "the account may not write " + String.join(", ", missing),
                            grant(facts.kind(), base, missing)));
        }
        if (!unknown.isEmpty()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "whether the account may write "
                                    + String.join(", ", unknown)
                                    + " is not to be found out",
                            "name a server that takes changes, and attributes that users have"));
        }
        if (!granted.isEmpty()) {
            findings.add(
                    Finding.ok(subject, "the account may write " + String.join(", ", granted)));
        }
    }

    private List<String> needed(LDAPConnection connection, ServerFacts facts) throws LDAPException {
        List<String> needed = new ArrayList<>();
        needed.add(PASSWORD);
        needed.add(settings.anchorAttribute());
        needed.add(settings.versionAttribute());
        needed.addAll(StateForm.of(connection, facts).attributes());
        if (settings.create()) {
            needed.addAll(
                    List.of(
                            settings.loginAttribute(),
                            settings.mailAttribute(),
                            "cn",
                            "sn",
                            "givenName",
                            "displayName"));
        }
        return needed;
    }

    private void elsewhere(
            String subject,
            WriteProbe probe,
            LDAPConnection connection,
            ServerFacts facts,
            List<Finding> findings)
            throws LDAPException {
        for (String tree : facts.contexts()) {
            List<String> entries = new ArrayList<>();
            if (isOutside(tree)) {
                entries.add(tree);
            }
            entries.addAll(outside(connection, tree));
            for (String entry : entries) {
                for (String attribute : List.of(PASSWORD, "description")) {
                    if (probe.write(entry, attribute) == Answer.MAY) {
                        findings.add(
                                Finding.warning(
                                        subject,
                                        "the account may write outside of baseDns: "
                                                + attribute
                                                + " of '"
                                                + entry
                                                + "'",
                                        "let it write below baseDns only, and not as the server's"
                                                + " root or manager"));
                        return;
                    }
                }
            }
        }
        findings.add(Finding.ok(subject, "the account was not seen to write outside of baseDns"));
    }

    private boolean isOutside(String name) {
        return settings.scope().bases().stream()
                .noneMatch(
                        base -> {
                            try {
                                return DN.isDescendantOf(name, base, true);
                            } catch (LDAPException e) {
                                return true;
                            }
                        });
    }

    /** One entry beside the bases that the account sees, and is not itself. */
    private List<String> outside(LDAPConnection connection, String tree) throws LDAPException {
        return some(connection, tree, Filter.createPresenceFilter("objectClass"), SOME).stream()
                .filter(this::isOutside)
                .filter(name -> !name.equalsIgnoreCase(tree) && !name.equalsIgnoreCase(account))
                .limit(1)
                .toList();
    }

    private static Optional<String> users(LDAPConnection connection, String base, Filter filter)
            throws LDAPException {
        return some(connection, base, filter, 1).stream().findFirst();
    }

    private static List<String> some(
            LDAPConnection connection, String base, Filter filter, int most) throws LDAPException {
        SearchRequest request = new SearchRequest(base, SearchScope.SUB, filter, "1.1");
        request.setSizeLimit(most);
        List<SearchResultEntry> found;
        try {
            found = connection.search(request).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            found = Failures.isLimit(e.getResultCode()) ? e.getSearchEntries() : List.of();
        }
        return found.stream().map(SearchResultEntry::getDN).toList();
    }

    private String grant(ServerKind kind, String base, List<String> attributes) {
        return kind == ServerKind.DIRECTORY_389
                ? "add to "
                        + base
                        + ": aci: (targetattr=\""
                        + String.join(" || ", attributes)
                        + "\")(version 3.0; acl \"passbridge writes\"; allow"
                        + " (read,search,compare,write) userdn=\"ldap:///"
                        + account
                        + "\";)"
                : "in OpenLDAP, before the other rules: access to dn.subtree=\""
                        + base
                        + "\" attrs="
                        + String.join(",", attributes)
                        + " by dn.exact=\""
                        + account
                        + "\" write by * break";
    }
}
