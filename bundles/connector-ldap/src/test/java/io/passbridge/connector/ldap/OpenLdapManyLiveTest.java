/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.Connector;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand people in an OpenLDAP server. */
@OnOpenLdap
class OpenLdapManyLiveTest {
    private static final int PEOPLE = 10_000;

    @TempDir Path folder;

    @Test
    void everybodyComesOnce_andThenWhoChangedOrIsGone() throws Exception {
        try (OpenLdapLab lab = OpenLdapLab.start();
                LiveDirectory ldap = new LiveDirectory(lab, folder)) {
            lab.load(people(ldap));
            try (Connector connector = ldap.open()) {
                SourceReader reader = new SourceReader(connector);
                assertThat(reader.drain(1_000))
                        .hasSize(PEOPLE)
                        .allMatch(Seen::hasCredential)
                        .extracting(Seen::anchor)
                        .doesNotHaveDuplicates();
                SourceAnchor changed = ldap.anchor("u4711");
                SourceAnchor gone = ldap.anchor("u815");
                ldap.changePassword(changed);
                ldap.delete(gone);
                assertThat(reader.drain(1_000))
                        .extracting(Seen::anchor)
                        .containsExactlyInAnyOrder(changed, gone);
            }
        }
    }

    static String people(LiveDirectory ldap) {
        StringBuilder ldif = new StringBuilder();
        for (int i = 0; i < PEOPLE; i++) {
            String uid = "u" + i;
            ldif.append("dn: ").append(ldap.dn(uid));
            ldif.append("\nobjectClass: inetOrgPerson\nuid: ").append(uid);
            ldif.append("\ncn: Person ").append(i).append("\nsn: Person\nmail: ").append(uid);
            ldif.append("@example.org\nuserPassword: {PBKDF2-SHA256}10000$c2FsdHNhbHRz");
            ldif.append(i).append("$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n\n");
        }
        return ldif.toString();
    }
}
