/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.health.Finding;
import java.util.List;

/** Looks whether the account may do far more than it needs. */
final class Might implements Check {
    private static final String MANAGER = "cn=Directory Manager";

    private final ConnectorContext context;

    Might(ConnectorContext context) {
        this.context = context;
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        boolean mighty = isManager();
        try {
            mighty |= connection.getEntry("cn=config", "1.1") != null;
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
        }
        findings.add(
                mighty
                        ? Finding.warning(
                                subject,
                                "the account may do far more than it needs: it reaches the"
                                        + " server's configuration",
                                "make an account for this alone, with rights over users only")
                        : Finding.ok(
                                subject,
                                "the account has no rights over the server's configuration"));
    }

    private boolean isManager() {
        try {
            String name = context.accountName().orElse("");
            return DN.isValidDN(name) && DN.equals(name, MANAGER);
        } catch (LDAPException | ConnectorException e) {
            return false;
        }
    }
}
