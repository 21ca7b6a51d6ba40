/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is a user, who cannot be used, and how users are found by name. */
class ScopeTest {
    @TempDir Path folder;
    private InMemory ldap;

    @BeforeEach
    void start() throws Exception {
        ldap = new InMemory(folder);
    }

    @AfterEach
    void stop() {
        ldap.close();
    }

    @Test
    void contactWithoutNameAndPassword_isNoUser() throws Exception {
        ldap.addUser("anna");
        ldap.server()
                .add(
                        "dn: cn=Contact," + InMemory.PEOPLE,
                        "objectClass: person",
                        "cn: Contact",
                        "sn: Contact");
        try (Connector connector = ldap.open()) {
            assertThat(new SourceReader(connector).drain(10)).hasSize(1);
        }
    }

    @Test
    void passwordWithoutALoginName_isToldAsUnusable() throws Exception {
        ldap.server()
                .add(
                        "dn: cn=Nameless," + InMemory.PEOPLE,
                        "objectClass: person",
                        "cn: Nameless",
                        "sn: Nameless",
                        "userPassword: {SSHA}dUkKsoUDMmgmNB+xkYbe2w0TOyy6PJ8F");
        try (Connector connector = ldap.open();
                ChangePage page =
                        connector
                                .capability(PasswordSource.class)
                                .orElseThrow()
                                .changes(Watermark.BEGINNING, 10)) {
            assertThat(page.changes()).isEmpty();
            assertThat(page.unusable().startsOver()).isTrue();
            assertThat(page.unusable().items())
                    .singleElement()
                    .satisfies(
                            item -> {
                                assertThat(item.place()).startsWith("cn=Nameless,");
                                assertThat(item.reason()).contains("loginAttribute");
                            });
        }
        assertThat(ldap.context().badRecords()).hasSize(1);
    }

    @Test
    void users_areFoundByNameAndAnchor_andNobodyElse() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        ldap.addUser("bert");
        try (Connector connector = ldap.open()) {
            AccountSource accounts = connector.capability(AccountSource.class).orElseThrow();
            assertThat(accounts.find("ANNA")).extracting(a -> a.anchor()).containsExactly(anna);
            assertThat(accounts.find(anna.value()))
                    .extracting(a -> a.loginName())
                    .containsExactly("anna");
            assertThat(accounts.find("*")).isEmpty();
            assertThat(accounts.accounts(List.of(anna, new SourceAnchor("no-uuid"))))
                    .extracting(a -> a.loginName())
                    .containsExactly("anna");
        }
    }
}
