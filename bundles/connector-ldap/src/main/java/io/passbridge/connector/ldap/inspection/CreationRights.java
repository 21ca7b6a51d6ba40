/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ldap.inspection.WriteProbe.Answer;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.health.Finding;
import java.util.List;

/**
 * Whether an account that is to make users may add entries. Nothing is added to find it out, so
 * that only a server that tells the rights of its accounts can be asked: an addition that OpenLDAP
 * is asked not to carry out (its control 'no operation') spoils its database for other entries.
 */
final class CreationRights implements Check {
    /** 389 Directory Server's 'get effective rights'; its value names whose. */
    private static final String EFFECTIVE_RIGHTS = "1.3.6.1.4.1.42.2.27.9.5.2";

    private static final String ENTRY_RIGHTS = "entryLevelRights";

    private final TargetSettings settings;
    private final String account;

    CreationRights(TargetSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.account = SourceRights.name(context);
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        if (!settings.create()) {
            return;
        }
        String base = settings.scope().bases().get(0);
        Answer answer =
                facts.kind() == ServerKind.DIRECTORY_389
                        ? rights(connection, base)
                        : Answer.UNKNOWN;
        findings.add(
                switch (answer) {
                    case MAY -> Finding.ok(subject, "the account may add users");
                    case MAY_NOT ->
                            Finding.error(
                                    subject,
                                    "the account may not add users below '" + base + "'",
                                    grant(base));
                    case UNKNOWN ->
                            Finding.note(
                                    subject,
                                    "whether the account may add users is not to be found out"
                                            + " without adding one",
                                    "look at the outcome of the first users that are made");
                });
    }

    private Answer rights(LDAPConnection connection, String base) throws LDAPException {
        SearchRequest request =
                new SearchRequest(base, SearchScope.SUB, settings.scope().filter(), ENTRY_RIGHTS);
        request.setSizeLimit(1);
        request.addControl(
                new Control(EFFECTIVE_RIGHTS, true, new ASN1OctetString("dn:" + account)));
        List<SearchResultEntry> found;
        try {
            found = connection.search(request).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            found = e.getSearchEntries();
        }
        String rights = found.isEmpty() ? null : found.get(0).getAttributeValue(ENTRY_RIGHTS);
        if (rights == null) {
            return Answer.UNKNOWN;
        }
        return rights.contains("a") ? Answer.MAY : Answer.MAY_NOT;
    }

    private String grant(String base) {
        return "add to "
                + base
                + ": aci: (version 3.0; acl \"passbridge adds\"; allow (add) userdn=\"ldap:///"
                + account
                + "\";)";
    }
}
