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
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealed connections, certificates that are not to be believed, and servers that fail. */
@OnOpenLdap
class OpenLdapTlsLiveTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anchor-of-anna");

    @RegisterExtension
    static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::startWithTls);

    @TempDir Path folder;

    @BeforeEach
    void showTheGoodCertificate(TestInfo test) throws Exception {
        if (test.getTags().stream().noneMatch("other-certificate"::equals)) {
            LAB.get().restartWithCertificate("good");
        }
    }

    private LiveDirectory ldap(String... parameters) throws Exception {
        LiveDirectory ldap =
                new LiveDirectory(
                        LAB.get(), Files.createTempDirectory(folder, "instance"), parameters);
        ldap.addUser("anna");
        return ldap;
    }

    @Test
    void ldaps_andStartTls_readUsers_andTellTheDaysThatAreLeft() throws Exception {
        String authority = LAB.get().tls("ca.pem").toString();
        for (String[] reach :
                new String[][] {
                    {"servers", LAB.get().ldapsUrl(), "caFile", authority},
                    {"servers", LAB.get().url(), "startTls", "always", "caFile", authority}
                }) {
            try (LiveDirectory ldap = ldap(reach);
                    Connector connector = ldap.open()) {
                assertThat(new SourceReader(connector).drain(10)).hasSize(1);
                assertThat(connector.test())
                        .filteredOn(finding -> finding.text().contains("its certificate is good"))
                        .singleElement()
                        .satisfies(
                                finding ->
                                        assertThat(finding.text()).containsPattern("5[89] days"));
            }
        }
    }

    @Tag("other-certificate")
    @ParameterizedTest
    @CsvSource({"expired, true", "stranger, true", "good, false"})
    void certificateThatIsNotToBeBelieved_isRefused(String certificate, boolean withAuthority)
            throws Exception {
        LAB.get().restartWithCertificate(certificate);
        String[] reach =
                withAuthority
                        ? new String[] {
                            "servers",
                            LAB.get().ldapsUrl(),
                            "caFile",
                            LAB.get().tls("ca.pem").toString()
                        }
                        : new String[] {"servers", LAB.get().ldapsUrl()};
        try (LiveDirectory ldap = ldap(reach);
                Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector).drain(10))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
                                assertThat(e.getMessage())
                                        .contains("certificate is not accepted", "caFile");
                            });
            assertThat(connector.test()).anyMatch(finding -> finding.severity() == Severity.ERROR);
        }
        try (LiveTarget target =
                        new LiveTarget(
                                LAB.get(), Files.createTempDirectory(folder, "target"), reach);
                Connector connector = target.open()) {
            assertThatThrownBy(() -> apply(target, connector))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
                                assertThat(e.getMessage())
                                        .contains("certificate is not accepted", "caFile");
                            });
            assertThat(target.storedDigest(ANNA)).isEmpty();
            assertThat(connector.test()).anyMatch(finding -> finding.severity() == Severity.ERROR);
        }
    }

    private static Outcome apply(LiveTarget target, Connector connector) throws Exception {
        target.addUser(ANNA, "anna");
        PasswordUpdate update =
                new PasswordUpdate(
                        ANNA,
                        new ChangeVersion(0, 1),
                        Instant.EPOCH,
                        AccountState.ACTIVE,
                        Optional.of(target.digest(1)));
        return connector
                .capability(PasswordTarget.class)
                .orElseThrow()
                .apply(List.of(update))
                .get(0)
                .outcome();
    }

    @Test
    void target_isWrittenOverLdaps_andTellsTheDaysThatAreLeft() throws Exception {
        String[] reach = {
            "servers", LAB.get().ldapsUrl(), "caFile", LAB.get().tls("ca.pem").toString()
        };
        try (LiveTarget target =
                        new LiveTarget(
                                LAB.get(), Files.createTempDirectory(folder, "target"), reach);
                Connector connector = target.open()) {
            assertThat(apply(target, connector)).isEqualTo(Outcome.APPLIED);
            assertThat(target.maySignIn(ANNA, AccountState.ACTIVE)).isTrue();
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .anyMatch(text -> text.contains("its certificate is good"));
        }
    }

    @Tag("other-certificate")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fipsEnforced_onlyWhatIsApprovedIsConnectedTo_andTestSaysWhatIsMissing(boolean ldaps)
            throws Exception {
        OpenLdapLab lab = LAB.get();
        lab.restartWithCertificate("good");
        String authority = lab.tls("ca.pem").toString();
        try (LiveDirectory ldap =
                ldaps
                        ? ldap("servers", lab.ldapsUrl(), "caFile", authority)
                        : ldap("servers", lab.url(), "startTls", "always", "caFile", authority)) {
            lab.restartWithCiphers(
                    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC:+AES-256-CBC");
            try (Connector connector = ldap.open()) {
                assertThat(new SourceReader(connector).drain(10)).hasSize(1);
            }
            ldap.context().withFipsEnforced();
            assertRefused(
                    ldap,
                    "FIPS is enforced, and the server offers nothing that is approved",
                    "TLSv1.2 with ECDHE and AES-GCM");
            lab.restartWithCiphers("");
            lab.restartWithCertificate("short");
            assertRefused(
                    ldap,
                    "the certificate of CN=localhost has an RSA key of 1024 bits; RSA keys have at"
                            + " least 2048 bits");
            lab.restartWithCertificate("good");
            try (Connector connector = ldap.open()) {
                assertThat(new SourceReader(connector).drain(10)).hasSize(1);
                assertThat(connector.test())
                        .extracting(Finding::text)
                        .anyMatch(text -> text.matches("sealed with TLSv1.3 and TLS_AES_.*"));
            }
        }
    }

    private static void assertRefused(LiveDirectory ldap, String... texts) throws Exception {
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector).drain(10))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                    .hasMessageContainingAll(texts)
                    .hasMessageContaining("set 'enforce = off' in etc/io.passbridge.fips.cfg");
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .anySatisfy(finding -> assertThat(finding.text()).contains(texts));
        }
    }

    @Test
    void clientCertificate_signsIn() throws Exception {
        try (LiveDirectory ldap =
                ldap(
                        "servers",
                        LAB.get().ldapsUrl(),
                        "caFile",
                        LAB.get().tls("ca.pem").toString(),
                        "authentication",
                        "external",
                        "clientCertificate",
                        LAB.get().tls("client.pem").toString())) {
            ldap.context().withAccount("", Files.readString(LAB.get().tls("client.key")));
            try (Connector connector = ldap.open()) {
                assertThat(new SourceReader(connector).drain(10))
                        .singleElement()
                        .matches(SourceReader.Seen::hasCredential);
            }
        }
    }

    @Test
    void firstServerDown_theNextIsUsed_andThatIsReported() throws Exception {
        try (LiveDirectory ldap = ldap("servers", "ldap://127.0.0.1:1," + LAB.get().url());
                Connector connector = ldap.open()) {
            assertThat(new SourceReader(connector).drain(10)).hasSize(1);
            assertThat(ldap.context().reports())
                    .anyMatch(report -> report.startsWith("failover " + LAB.get().url()));
        }
    }

    @Test
    void test_saysWhatIsThere_andThatNothingIsTooMuch() throws Exception {
        try (LiveDirectory ldap = ldap("servers", LAB.get().url());
                Connector connector = ldap.open()) {
            List<Finding> findings = connector.test();
            assertThat(findings)
                    .extracting(Finding::text)
                    .anyMatch(text -> text.contains("signed in to OpenLDAP"))
                    .anyMatch(text -> text.contains("may read userPassword"))
                    .anyMatch(text -> text.contains("found by content-sync"))
                    .anyMatch(text -> text.contains("has 1 user"))
                    .anyMatch(text -> text.contains("no rights over the server's configuration"));
        }
    }

    @Test
    void test_ofAnAccountThatMayWritePasswords_saysThatThisIsTooMuch() throws Exception {
        try (LiveDirectory ldap = ldap("servers", LAB.get().url())) {
            ldap.context().withAccount(OpenLdapLab.WRITER, OpenLdapLab.WRITER_PASSWORD);
            try (Connector connector = ldap.open()) {
                assertThat(connector.test())
                        .filteredOn(finding -> finding.severity() == Severity.WARNING)
                        .extracting(Finding::text)
                        .containsExactly("the account may write userPassword, too");
            }
        }
    }

    @Test
    void test_ofAnAccountThatMayNotReadPasswords_saysHowToLetIt() throws Exception {
        try (LiveDirectory ldap = ldap("servers", LAB.get().url())) {
            ldap.context().withAccount(ldap.dn("anna"), "First-of-anna");
            try (Connector connector = ldap.open()) {
                assertThat(connector.test())
                        .filteredOn(finding -> finding.severity() == Severity.ERROR)
                        .singleElement()
                        .satisfies(
                                finding ->
                                        assertThat(finding.remedy())
                                                .contains("attrs=userPassword by dn.exact="));
            }
        }
    }
}
