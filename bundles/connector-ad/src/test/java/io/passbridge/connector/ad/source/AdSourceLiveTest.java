/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector against a real domain controller: scope, single users, rights and refusals. */
@LiveDomain
class AdSourceLiveTest {
    @TempDir Path data;
    private Domain domain;

    @BeforeEach
    void configure(SambaLab lab) {
        domain = new Domain(lab, data);
    }

    @AfterEach
    void close() {
        domain.close();
    }

    private ThrowableAssert.ThrowingCallable run() {
        return () ->
                new LiveSource(domain.connector().capability(PasswordSource.class).orElseThrow())
                        .run(10);
    }

    private void assertRefused(Kind kind, String words) {
        assertThatThrownBy(run())
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }

    @Test
    void usersOutsideOfTheSearchBase_comeWithoutAHash() throws Exception {
        Map<String, LiveSource.Seen> seen = domain.source().run(5);

        assertThat(seen.get(domain.anchor("alice")).fits("Passw0rd-Alice")).isTrue();
        assertThat(seen.get(domain.anchor("svc-plain")).state())
                .isEqualTo(AccountState.of(Flag.OUT_OF_SCOPE));
        assertThat(seen.get(domain.anchor("svc-plain")).hash()).isEmpty();
        assertThat(seen).as("computers are not asked for").doesNotContainKey(domain.anchor("PC1$"));
    }

    @Test
    void kerberosKeys_comeWhereTheyAreAskedForAndAreThoseOfThePassword() throws Exception {
        domain.source().run(5);
        assertThat(keysOfAlice()).isEmpty();

        Map<String, LiveSource.Seen> everybody = domain.set("kerberosKeys", "true").source().run(5);
        assertThat(everybody).as("who has no keys, too").containsKey(domain.anchor("quirin"));
        assertThat(keysOfAlice())
                .contains(
                        HexFormat.of()
                                .formatHex(
                                        new KerberosKey(
                                                        new KerberosPrincipal("alice@CORP.EXAMPLE"),
                                                        "Passw0rd-Alice".toCharArray(),
                                                        "aes256-cts-hmac-sha1-96")
                                                .getEncoded()));
    }

    private Optional<String> keysOfAlice() throws ConnectorException {
        SourceAnchor alice = domain.account("alice").anchor();
        PasswordSource source = domain.connector().capability(PasswordSource.class).orElseThrow();
        try (CredentialChange change = source.read(List.of(alice)).get(0)) {
            return ((NtHash) change.credential().orElseThrow())
                    .kerberosKeys()
                    .map(keys -> keys.aes256().use(HexFormat.of()::formatHex));
        }
    }

    @Test
    void retry_readsThePresentStateOfGivenUsers() throws Exception {
        domain.source().run(1000);
        SourceAnchor alice = domain.account("alice").anchor();
        SourceAnchor nobody = new SourceAnchor("00000000-0000-4000-8000-000000000000");
        var read =
                domain.connector()
                        .capability(PasswordSource.class)
                        .orElseThrow()
                        .read(List.of(alice, nobody));
        assertThat(read).hasSize(2);
        assertThat(LiveSource.seen(read.get(0)).fits("Passw0rd-Alice")).isTrue();
        assertThat(read.get(1).state()).isEqualTo(AccountState.of(Flag.DELETED));
        read.forEach(change -> change.close());
        assertThat(domain.account("alice").mail()).isEqualTo("alice@corp.example");
        assertThat(domain.account("alice").familyName()).isEqualTo("Ashe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"svc-plain", "svc-one"})
    void accountWithoutBothRights_isRefusedWithTheCommandsThatGrantThem(String account) {
        domain.open(account, Domain.secretOf(account));

        assertRefused(Kind.PERMISSION, "8453");
        assertThat(domain.connector().test())
                .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.remedy()).contains("dsacls"));
    }

    @Test
    void wrongSecret_isToldAsSuch() {
        domain.open(Domain.ACCOUNT, "wrong");

        assertRefused(Kind.AUTHENTICATION, "the name or the secret is wrong");
    }

    @Test
    void test_provesBothRightsAndFindsNothingToMend() {
        assertThat(domain.open().test())
                .allSatisfy(
                        f ->
                                assertThat(f.severity())
                                        .as(f.text())
                                        .isIn(Finding.Severity.OK, Finding.Severity.NOTE))
                .extracting(Finding::text)
                .anyMatch(text -> text.startsWith("its certificate is good for"))
                .contains("its clock agrees with ours");
    }

    @Test
    void test_warnsOfAnAdministratorsAccount() {
        assertThat(domain.open("Administrator", SambaLab.ADMINISTRATOR_PASSWORD).test())
                .filteredOn(f -> f.severity() == Finding.Severity.WARNING)
                .anySatisfy(f -> assertThat(f.text()).contains("Administrators"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldaps", "starttls"})
    void certificateOfAnotherName_isRefused(String security, SambaLab lab) {
        domain.set("ldapSecurity", security).set("controllers", "localhost@" + lab.address());
        domain.open();

        assertRefused(Kind.CONFIGURATION, "certificate");
    }

    @Test
    void certificateOfAnotherAuthority_isRefused() {
        domain.set("caCertificates", "");
        domain.open();

        assertRefused(Kind.CONFIGURATION, "certificate");
    }

    @Test
    void fileOfAuthoritiesThatHasNone_isAMistakeInTheConfiguration() throws Exception {
        Path file = Files.writeString(data.resolve("none.pem"), "no certificate");
        domain.set("caCertificates", file.toString());
        domain.open();

        assertRefused(Kind.CONFIGURATION, "caCertificates " + file);
    }

    @Test
    void startTls_isAsGoodAsLdaps() throws Exception {
        domain.set("ldapSecurity", "starttls");

        assertThat(domain.source().run(1000)).containsKey(domain.anchor("alice"));
    }

    @Test
    void changeOfAUser_isSignalled(SambaLab lab) throws Exception {
        AtomicInteger signals = new AtomicInteger();
        try (ChangeSignal.Subscription subscription =
                domain.open()
                        .capability(ChangeSignal.class)
                        .orElseThrow()
                        .subscribe(signals::incrementAndGet)) {
            Awaitility.await().until(() -> signals.get() > 0);
            int before = signals.get();
            lab.tool("user", "setpassword", "lars", "--newpassword=Passw0rd-Lars");
            Awaitility.await().atMost(Duration.ofSeconds(14)).until(() -> signals.get() > before);
        }
    }

    @Test
    void fipsPolicy_refusesTheProtocolsPrimitives() {
        domain.open();
        domain.context().withFipsEnforced();

        assertThatThrownBy(run()).hasMessageContaining("FIPS");
    }

    @Test
    void scopeMemory_holdsNoSecret() throws Exception {
        domain.source().run(1000);

        assertThat(Files.readString(data.resolve("scope.properties"))).contains("OU\\=People");
    }
}
