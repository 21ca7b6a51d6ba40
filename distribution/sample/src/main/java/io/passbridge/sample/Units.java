/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.io.IOException;

/** The entries above the people, which a real export has too and which are no users. */
final class Units {
    static final String SUFFIX = "dc=example,dc=org";
    static final String PEOPLE = "ou=people," + SUFFIX;

    private Units() {}

    static void write(LdifWriter ldif) throws IOException {
        ldif.value("dn", SUFFIX)
                .value("objectClass", "dcObject")
                .value("objectClass", "organization")
                .value("o", "Example Organisation")
                .value("dc", "example")
                .value("entryUUID", "5b1a7b1e-0000-4000-8000-000000000001")
                .endRecord();
        ldif.value("dn", PEOPLE)
                .value("objectClass", "organizationalUnit")
                .value("ou", "people")
                .value("entryUUID", "5b1a7b1e-0000-4000-8000-000000000002")
                .endRecord();
    }
}
