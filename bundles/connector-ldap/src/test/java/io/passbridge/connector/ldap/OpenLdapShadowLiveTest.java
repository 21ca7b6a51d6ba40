/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.Connector;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that get too old by what an OpenLDAP server keeps for Unix systems. */
@OnOpenLdap
class OpenLdapShadowLiveTest {
    @Test
    void passwordThatGetsTooOld_comesAsExpired_andANewOneAsGood(@TempDir Path folder)
            throws Exception {
        try (OpenLdapLab lab = OpenLdapLab.start();
                LiveDirectory ldap = new LiveDirectory(lab, folder)) {
            SourceAnchor anna = ldap.addUser("anna");
            ldap.addUser("bert");
            long today = System.currentTimeMillis() / 86_400_000;
            for (String uid : new String[] {"anna", "bert"}) {
                // the server says that the password is of today, which counts
                ldap.replace(uid, "shadowLastChange", Long.toString(today - 40));
                ldap.replace(uid, "shadowInactive", "7");
                ldap.replace(uid, "shadowMax", uid.equals("anna") ? "30" : "99999");
            }
            try (Connector connector = ldap.open()) {
                SourceReader reader = new SourceReader(connector);
                assertThat(reader.drain(10)).hasSize(2).allMatch(seen -> usable(seen));
                ldap.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
                assertThat(reader.drain(10))
                        .singleElement()
                        .satisfies(
                                seen -> {
                                    assertThat(seen.anchor()).isEqualTo(anna);
                                    assertThat(seen.state().has(Flag.PASSWORD_EXPIRED)).isTrue();
                                });
                assertThat(reader.drain(10)).isEmpty();
                ldap.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(38)));
                assertThat(reader.drain(10))
                        .singleElement()
                        .satisfies(
                                seen ->
                                        assertThat(seen.state().has(Flag.ACCOUNT_EXPIRED))
                                                .isTrue());
                ldap.replace("anna", "shadowLastChange", Long.toString(today + 38));
                assertThat(reader.drain(10)).singleElement().matches(seen -> usable(seen));
                ldap.replace("anna", "shadowLastChange", "0");
                assertThat(reader.drain(10))
                        .singleElement()
                        .satisfies(
                                seen ->
                                        assertThat(seen.state().has(Flag.MUST_CHANGE_PASSWORD))
                                                .isTrue());
            }
        }
    }

    private static boolean usable(Seen seen) {
        return seen.state().flags().isEmpty();
    }
}
