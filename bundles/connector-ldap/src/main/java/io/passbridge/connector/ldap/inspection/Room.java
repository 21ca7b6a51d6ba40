/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.health.Finding;
import java.util.List;

/** Looks whether the users are where they should be, and the schema has room for our marks. */
final class Room implements Check {
    private final TargetSettings settings;

    Room(TargetSettings settings) {
        this.settings = settings;
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        for (String base : settings.scope().bases()) {
            findings.add(
                    connection.getEntry(base, "1.1") == null
                            ? Finding.error(
                                    subject,
                                    "'" + base + "' is not there, or hidden from the account",
                                    "correct baseDns, or let the account read it")
                            : Finding.ok(subject, "'" + base + "' is there"));
        }
        Schema schema = connection.getSchema();
        if (schema == null) {
            findings.add(
                    Finding.note(
                            subject,
                            "the account does not see the schema",
                            "let it read cn=schema or cn=Subschema"));
            return;
        }
        boolean room = true;
        for (String attribute : List.of(settings.anchorAttribute(), settings.versionAttribute())) {
            room &= schema.getAttributeType(attribute) != null;
        }
        room &=
                settings.objectClass().isEmpty()
                        || schema.getObjectClass(settings.objectClass()) != null;
        findings.add(
                room
                        ? Finding.ok(subject, "the schema has room for anchor and version")
                        : Finding.error(
                                subject,
                                "the schema does not know "
                                        + settings.anchorAttribute()
                                        + ", "
                                        + settings.versionAttribute()
                                        + " or "
                                        + settings.objectClass(),
                                "load samples/ldap/passbridge.schema (389:"
                                    + " samples/ldap/98passbridge.ldif), or name attributes that"
                                    + " users have"));
    }
}
