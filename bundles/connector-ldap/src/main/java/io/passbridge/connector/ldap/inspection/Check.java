/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.health.Finding;
import java.util.List;

/** One look at a server, over a connection that has signed in. */
@FunctionalInterface
interface Check {
    /**
     * @param subject the server, for the findings
     * @throws LDAPException if the connection is of no use any more
     */
    void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException;
}
