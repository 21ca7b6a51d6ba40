/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by Kerberos, and as the account of the operating system. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.OpenLdapLab#kerberosPossible",
        disabledReason = "needs OpenLDAP (slapd, ldap-utils) and krb5-kdc, krb5-admin-server")
class OpenLdapSaslLiveTest {
    private static final String CLIENT = "java.security.krb5.conf";
    private static final String PRINCIPAL = "sync@EXAMPLE.ORG";

    private static OpenLdapLab lab;
    private static String before;

    @TempDir Path folder;
    private LiveDirectory ldap;

    @BeforeAll
    static void start() throws Exception {
        lab = OpenLdapLab.startWithKerberos();
        // as the machine's own krb5.conf would
        before = System.getProperty(CLIENT);
        System.setProperty(CLIENT, lab.kerberos("krb5.conf").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (before == null) {
            System.clearProperty(CLIENT);
        } else {
            System.setProperty(CLIENT, before);
        }
        lab.close();
    }

    private SourceAnchor user(String... parameters) throws Exception {
        ldap = new LiveDirectory(lab, folder, parameters);
        return ldap.addUser("anna");
    }

    private SourceAnchor kerberos(String... parameters) throws Exception {
        String[] all = new String[parameters.length + 4];
        System.arraycopy(parameters, 0, all, 4, parameters.length);
        all[0] = "servers";
        all[1] = "ldap://localhost:" + lab.port();
        all[2] = "authentication";
        all[3] = "kerberos";
        return user(all);
    }

    @AfterEach
    void close() throws Exception {
        ldap.close();
    }

    @Test
    void password_getsATicket_andKerberosSealsWhatIsRead() throws Exception {
        SourceAnchor anna = kerberos();
        ldap.context().withAccount(PRINCIPAL, "sync-secret");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).extracting(Seen::anchor).containsExactly(anna);
            ldap.changePassword(anna);
            assertThat(reader.drain(10)).allMatch(Seen::hasCredential).hasSize(1);
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .contains("sealed by Kerberos", "the account may read userPassword");
        }
    }

    @Test
    void keyTable_signsIn_withoutASecret() throws Exception {
        SourceAnchor anna =
                kerberos("keytab", lab.kerberos("sync.keytab").toString(), "principal", PRINCIPAL);
        ldap.context().withAccount(null, null);
        try (Connector connector = ldap.open()) {
            assertThat(new SourceReader(connector).drain(10))
                    .extracting(Seen::anchor)
                    .containsExactly(anna);
        }
    }

    @Test
    void target_isWrittenOverKerberos() throws Exception {
        kerberos();
        String[] parameters = {
            "servers", "ldap://localhost:" + lab.port(), "authentication", "kerberos"
        };
        try (LiveTarget target = new LiveTarget(lab, folder, parameters)) {
            target.context().withAccount("writer@EXAMPLE.ORG", OpenLdapLab.WRITER_PASSWORD);
            SourceAnchor bert = new SourceAnchor("bert");
            target.addUser(bert, "bert");
            PasswordUpdate update =
                    new PasswordUpdate(
                            bert,
                            new ChangeVersion(0, 1),
                            Instant.EPOCH,
                            AccountState.ACTIVE,
                            Optional.of(target.digest(1)));
            try (Connector connector = target.open()) {
                assertThat(
                                connector
                                        .capability(PasswordTarget.class)
                                        .orElseThrow()
                                        .apply(List.of(update)))
                        .extracting(ItemOutcome::outcome)
                        .containsExactly(Outcome.APPLIED);
            }
            assertThat(target.maySignIn(bert, AccountState.ACTIVE)).isTrue();
        }
    }

    @Test
    void wrongPassword_andUnknownName_areAuthenticationFailures() throws Exception {
        kerberos();
        for (String name : List.of(PRINCIPAL, "nobody@EXAMPLE.ORG")) {
            ldap.context().withAccount(name, "not-the-secret");
            try (Connector connector = ldap.open()) {
                assertThatThrownBy(() -> new SourceReader(connector).drain(10))
                        .hasMessageContaining("no Kerberos ticket for " + name)
                        .hasMessageNotContaining("not-the-secret")
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION));
            }
        }
    }

    @Test
    void serverByAnotherName_isToldAsUnknownToTheRealm() throws Exception {
        user("servers", "ldap://127.0.0.1:" + lab.port(), "authentication", "kerberos");
        ldap.context().withAccount(PRINCIPAL, "sync-secret");
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector).drain(10))
                    .hasMessageContaining("knows no ldap/127.0.0.1");
        }
    }

    @Test
    void unixSocket_asTheAccountOfTheOperatingSystem_withoutASecret() throws Exception {
        SourceAnchor anna =
                user("servers", "ldapi://" + lab.socket(), "authentication", "external");
        ldap.context().withAccount(null, null);
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).extracting(Seen::anchor).containsExactly(anna);
            lab.restart();
            ldap.changePassword(anna);
            assertThat(reader.drain(10)).allMatch(Seen::hasCredential).hasSize(1);
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .contains(
                            "not sealed, and on this machine", "the account may read userPassword");
        }
    }

    @Test
    void unixSocketThatIsNotThere_isUnreachable_byItsName() throws Exception {
        user("servers", "ldapi:///nowhere/ldapi", "authentication", "external");
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector).drain(10))
                    .hasMessageContaining("ldapi:///nowhere/ldapi does not answer")
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
        }
    }
}
