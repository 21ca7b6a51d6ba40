/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What users and administrators do at an OpenLDAP server. */
@OnOpenLdap
class OpenLdapUsersLiveTest extends OpenLdapLive {
    @Test
    void anotherAttributeChanged_keepsTheVersion_soNothingIsWritten() throws Exception {
        ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            Seen before = reader.drain(10).get(0);
            ldap.replace("anna", "sn", "Another");
            assertThat(reader.drain(10)).containsExactly(before);
        }
    }

    @Test
    void passwordChangedTwiceInOneSecond_givesTwoVersions() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            Seen last = reader.drain(10).get(0);
            for (int i = 0; i < 5; i++) {
                ldap.changePassword(anna);
                Seen next = reader.drain(10).get(0);
                assertThat(next.version()).isGreaterThan(last.version());
                last = next;
            }
        }
    }

    @Test
    void userRenamed_comesWithTheNewName_andTheSameVersion() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            Seen before = reader.drain(10).get(0);
            ldap.admin().modifyDN(ldap.dn("anna"), "uid=anne", true);
            try (ChangePage page = source(connector).changes(reader.watermark(), 10)) {
                assertThat(page.changes()).hasSize(1);
                assertThat(page.changes().get(0).anchor()).isEqualTo(anna);
                assertThat(page.changes().get(0).version()).isEqualTo(before.version());
                assertThat(page.changes().get(0).account().orElseThrow().loginName())
                        .isEqualTo("anne");
            }
        }
    }

    @Test
    void userMovedOutOfTheBase_isOutOfScope_notDeleted() throws Exception {
        ldap.addUser("anna");
        ldap.addUser("bert");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ldap.admin()
                    .modifyDN(
                            ldap.dn("anna"),
                            "uid=anna-" + System.nanoTime(),
                            true,
                            "ou=elsewhere," + OpenLdapLab.TREE);
            assertThat(reader.drain(10))
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.state().has(Flag.OUT_OF_SCOPE)).isTrue());
        }
    }

    @Test
    void stateThatAnAdministratorSets_comes() throws Exception {
        ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ldap.replace("anna", "pwdReset", "TRUE");
            assertThat(reader.drain(10).get(0).state().has(Flag.MUST_CHANGE_PASSWORD)).isTrue();
            ldap.replace("anna", "pwdReset");
            ldap.replace("anna", "userPassword", "{CRYPT}!$6$salt$locked");
            assertThat(reader.drain(10).get(0).state().has(Flag.DISABLED)).isTrue();
        }
    }

    @Test
    void accountThatExpiresByTimeAlone_comes() throws Exception {
        ldap.addUser("anna");
        ldap.addUser("bert");
        long tomorrow = System.currentTimeMillis() / 86_400_000 + 1;
        ldap.replace("anna", "shadowExpire", Long.toString(tomorrow));
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).allMatch(seen -> seen.state().mayStillSignIn());
            ldap.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
            assertThat(reader.drain(10))
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.state().has(Flag.ACCOUNT_EXPIRED)).isTrue());
            assertThat(reader.drain(10)).isEmpty();
        }
    }

    @Test
    void passwordThatGetsTooOldForItsPolicy_comesAsExpired() throws Exception {
        String policy = "cn=monthly," + OpenLdapLab.TREE;
        ldap.admin()
                .add(
                        new Entry(
                                "dn: " + policy,
                                "objectClass: device",
                                "objectClass: pwdPolicy",
                                "cn: monthly",
                                "pwdAttribute: userPassword",
                                "pwdMaxAge: 2592000"));
        ldap.addUser("anna");
        ldap.addUser("bert");
        ldap.replace("anna", "pwdPolicySubentry", policy);
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).allMatch(seen -> seen.state().flags().isEmpty());
            ldap.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
            assertThat(reader.drain(10))
                    .singleElement()
                    .satisfies(
                            seen -> {
                                assertThat(seen.anchor()).isEqualTo(ldap.anchor("anna"));
                                assertThat(seen.state().has(Flag.PASSWORD_EXPIRED)).isTrue();
                            });
            assertThat(reader.drain(10)).isEmpty();
        } finally {
            ldap.admin().delete(policy);
        }
    }

    @Test
    void clearTextPassword_isUnusable_andHarmsNobodyElse() throws Exception {
        ldap.addUser("anna");
        ldap.addUser("bert");
        ldap.replace("anna", "userPassword", "in-the-clear");
        try (Connector connector = ldap.open();
                ChangePage page = source(connector).changes(Watermark.BEGINNING, 10)) {
            assertThat(page.changes()).hasSize(1);
            assertThat(page.unusable().items())
                    .singleElement()
                    .satisfies(
                            item -> {
                                assertThat(item.place()).isEqualTo(ldap.dn("anna"));
                                assertThat(item.name()).isEqualTo("anna");
                                assertThat(item.reason())
                                        .contains("the password itself")
                                        .doesNotContain("in-the-clear");
                            });
        }
    }

    @Test
    void unusableUserWhoIsDeleted_isToldAsGone() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        ldap.replace("anna", "userPassword", "never-in-the-clear");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).isEmpty();
            ldap.delete(anna);
            assertThat(reader.drain(10))
                    .singleElement()
                    .satisfies(
                            seen -> {
                                assertThat(seen.anchor()).isEqualTo(anna);
                                assertThat(seen.state().has(Flag.DELETED)).isTrue();
                            });
        }
    }
}
