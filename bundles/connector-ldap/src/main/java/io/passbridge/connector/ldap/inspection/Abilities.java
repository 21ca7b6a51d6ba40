/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.connector.ldap.target.StateForm;
import io.passbridge.connector.ldap.target.VerifiedKinds;
import io.passbridge.health.Finding;
import java.util.List;

/** Looks which passwords and states the server can hold. */
final class Abilities implements Check {
    private static final String LOCKOUT = "pwdLockout";

    private final TargetSettings settings;

    Abilities(TargetSettings settings) {
        this.settings = settings;
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        VerifiedKinds kinds = VerifiedKinds.of(connection, facts, settings.schemes());
        findings.add(
                kinds.kinds().isEmpty()
                        ? Finding.error(
                                subject,
                                "no kind of password is known that it verifies: " + kinds.source(),
                                "set schemes to what it verifies, after trying each by hand")
                        : Finding.ok(
                                subject,
                                "takes "
                                        + String.join(
                                                ", ", kinds.names().stream().sorted().toList())
                                        + " ("
                                        + kinds.source()
                                        + ")"));
        StateForm form = StateForm.of(connection, facts);
        findings.add(
                form == StateForm.NONE
                        ? Finding.warning(
                                subject,
                                "it has no way to disable an account, so that users who are"
                                        + " disabled at the source are refused by name",
                                "in OpenLDAP load the overlay ppolicy")
                        : Finding.ok(subject, "accounts are disabled by " + form.attribute()));
        if (form == StateForm.PASSWORD_POLICY) {
            policies(
                    subject,
                    connection,
                    facts,
                    LOCKOUT,
                    "without it locked accounts still sign in",
                    findings);
            policies(
                    subject,
                    connection,
                    facts,
                    "pwdMustChange",
                    "without it users who must change their password are not asked to",
                    findings);
        }
        if (facts.kind() == ServerKind.DIRECTORY_389) {
            findings.add(
                    Finding.note(
                            subject,
                            "389 Directory Server takes hashes from its password administrators"
                                    + " alone",
                            "if writing fails with 'storage scheme', set passwordAdminDN in"
                                    + " cn=config to the account"));
            mustChange(subject, connection, findings);
        }
    }

    private static void mustChange(
            String subject, LDAPConnection connection, List<Finding> findings)
            throws LDAPException {
        try {
            SearchResultEntry config = connection.getEntry("cn=config", "passwordMustChange");
            if (config != null && "off".equals(config.getAttributeValue("passwordMustChange"))) {
                findings.add(
                        Finding.note(
                                subject,
                                "users who must change their password are not asked to",
                                "set passwordMustChange: on in the password policy, if they"
                                        + " should be"));
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
        }
    }

    /** Policies in which something is off that the server needs to heed a state. */
    private static void policies(
            String subject,
            LDAPConnection connection,
            ServerFacts facts,
            String needed,
            String consequence,
            List<Finding> findings)
            throws LDAPException {
        for (String tree : facts.contexts()) {
            try {
                for (SearchResultEntry policy :
                        connection
                                .search(
                                        tree,
                                        SearchScope.SUB,
                                        "(&(objectClass=pwdPolicy)(!(" + needed + "=TRUE)))",
                                        "1.1")
                                .getSearchEntries()) {
                    String text =
                            "policy '"
                                    + policy.getDN()
                                    + "' has no "
                                    + needed
                                    + ": TRUE, and "
                                    + consequence;
                    String remedy = "set " + needed + ": TRUE in it, if it applies to the users";
                    findings.add(
                            needed.equals(LOCKOUT)
                                    ? Finding.warning(subject, text, remedy)
                                    : Finding.note(subject, text, remedy));
                }
            } catch (LDAPException e) {
                if (!e.getResultCode().isConnectionUsable()) {
                    throw e;
                }
            }
        }
    }
}
