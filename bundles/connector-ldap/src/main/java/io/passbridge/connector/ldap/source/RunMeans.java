/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.settings.LdapSettings;
import java.time.Instant;
import java.util.List;

/**
 * What one run reads with.
 *
 * @param connection the run's own
 * @param facts what the server is and does
 * @param now when the run began
 */
record RunMeans(
        LDAPConnection connection,
        ServerFacts facts,
        Membership membership,
        People people,
        LdapSettings settings,
        Instant now) {
    Anchors anchors() {
        return people.anchors();
    }

    List<String> bases() {
        return settings.scope().bases();
    }

    int pageSize() {
        return settings.reading().pageSize();
    }

    /** Whoever is in scope below a base. */
    Query below(String base, String... attributes) {
        return new Query(base, settings.scope().filter(), attributes);
    }
}
