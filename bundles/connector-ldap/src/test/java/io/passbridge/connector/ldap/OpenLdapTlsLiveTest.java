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
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sealed connections, certificates that are not to be believed, and servers that fail. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.OpenLdapLab#possible",
        disabledReason = "no OpenLDAP server can be made here: that needs slapd and ldap-utils")
class OpenLdapTlsLiveTest {
    private static OpenLdapLab lab;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        lab = OpenLdapLab.startWithTls();
    }

    @AfterAll
    static void stop() throws Exception {
        lab.close();
    }

    @BeforeEach
    void showTheGoodCertificate(TestInfo test) throws Exception {
        if (test.getTags().stream().noneMatch("other-certificate"::equals)) {
            lab.restartWithCertificate("good");
        }
    }

    private LiveDirectory ldap(String... parameters) throws Exception {
        LiveDirectory ldap =
                new LiveDirectory(lab, Files.createTempDirectory(folder, "instance"), parameters);
        ldap.addUser("anna");
        return ldap;
    }

    @Test
    void ldaps_andStartTls_readUsers_andTellTheDaysThatAreLeft() throws Exception {
        String authority = lab.tls("ca.pem").toString();
        for (String[] reach :
                new String[][] {
                    {"servers", lab.ldapsUrl(), "caFile", authority},
                    {"servers", lab.url(), "startTls", "always", "caFile", authority}
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
        lab.restartWithCertificate(certificate);
        String[] reach =
                withAuthority
                        ? new String[] {
                            "servers", lab.ldapsUrl(), "caFile", lab.tls("ca.pem").toString()
                        }
                        : new String[] {"servers", lab.ldapsUrl()};
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
    }

    @Test
    void clientCertificate_signsIn() throws Exception {
        try (LiveDirectory ldap =
                ldap(
                        "servers",
                        lab.ldapsUrl(),
                        "caFile",
                        lab.tls("ca.pem").toString(),
                        "authentication",
                        "external",
                        "clientCertificate",
                        lab.tls("client.pem").toString())) {
            ldap.context().withAccount("", Files.readString(lab.tls("client.key")));
            try (Connector connector = ldap.open()) {
                assertThat(new SourceReader(connector).drain(10))
                        .singleElement()
                        .matches(SourceReader.Seen::hasCredential);
            }
        }
    }

    @Test
    void firstServerDown_theNextIsUsed_andThatIsReported() throws Exception {
        try (LiveDirectory ldap = ldap("servers", "ldap://127.0.0.1:1," + lab.url());
                Connector connector = ldap.open()) {
            assertThat(new SourceReader(connector).drain(10)).hasSize(1);
            assertThat(ldap.context().reports())
                    .anyMatch(report -> report.startsWith("failover " + lab.url()));
        }
    }

    @Test
    void test_saysWhatIsThere_andThatNothingIsTooMuch() throws Exception {
        try (LiveDirectory ldap = ldap("servers", lab.url());
                Connector connector = ldap.open()) {
            List<Finding> findings = connector.test();
            assertThat(findings)
                    .extracting(Finding::text)
                    .anyMatch(text -> text.contains("signed in to OpenLDAP"))
                    .anyMatch(text -> text.contains("may read userPassword"))
                    .anyMatch(text -> text.contains("found by content-sync"))
                    .anyMatch(text -> text.contains("has 1 users"))
                    .anyMatch(text -> text.contains("no rights over the server's configuration"));
        }
    }

    @Test
    void test_ofAnAccountThatMayNotReadPasswords_saysHowToLetIt() throws Exception {
        try (LiveDirectory ldap = ldap("servers", lab.url())) {
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
