/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector against a real domain controller. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.SambaLab#possible",
        disabledReason =
                "no Samba domain controller can be made here: that needs root and samba-ad-dc")
class AdSourceLiveTest {
    private static final String SECRET = "Secret-of-";
    private static SambaLab lab;

    @TempDir Path data;
    private final Map<String, String> configuration = new HashMap<>();
    private LabContext context;
    private AdConnector connector;

    @BeforeAll
    static void provision() throws Exception {
        lab = SambaLab.first("127.0.0.41");
    }

    @AfterAll
    static void remove() throws Exception {
        lab.close();
    }

    @BeforeEach
    void configure() {
        configuration.put("domain", SambaLab.DOMAIN);
        configuration.put("controllers", lab.controller());
        configuration.put("caCertificates", lab.authority().toString());
        configuration.put("searchBases", "OU=People,DC=corp,DC=example");
        configuration.put("authentication", "ntlm");
    }

    @AfterEach
    void close() {
        if (connector != null) {
            connector.close();
            context.close();
        }
    }

    private AdConnector open(String account, String secret) {
        context = new LabContext(configuration, account, secret, data);
        assertThat(AdSettings.faults(context.configuration())).isEmpty();
        connector = new AdConnector(AdSettings.of(context.configuration()), context);
        return connector;
    }

    private LiveSource source() {
        return new LiveSource(
                open("svc-sync", SECRET + "svc-sync")
                        .capability(PasswordSource.class)
                        .orElseThrow());
    }

    private Account account(String login) throws ConnectorException {
        List<Account> found = connector.capability(AccountSource.class).orElseThrow().find(login);
        assertThat(found).as(login).hasSize(1);
        return found.get(0);
    }

    private String anchor(String login) throws ConnectorException {
        return account(login).anchor().value();
    }

    @Test
    void fullRun_givesTheHashAndStateOfEveryUser() throws Exception {
        LiveSource source = source();
        Map<String, LiveSource.Seen> seen = source.run(5);

        assertThat(seen.get(anchor("alice")).fits("Passw0rd-Alice")).isTrue();
        assertThat(seen.get(anchor("carla")).fits("Pä$$wörd-日本")).isTrue();
        assertThat(seen.get(anchor("dora")).fits("L".repeat(127))).isTrue();
        assertThat(seen.get(anchor("emil")).fits("1")).isTrue();
        assertThat(seen.get(anchor("frank")).fits("Passw0rd-Frank")).isTrue();
        assertThat(seen.get(anchor("frank")).state().has(Flag.DISABLED)).isTrue();
        assertThat(seen.get(anchor("gina")).state())
                .isEqualTo(AccountState.of(Flag.MUST_CHANGE_PASSWORD));
        assertThat(seen.get(anchor("lars")).state())
                .isEqualTo(AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
        assertThat(seen.get(anchor("quirin")).state().has(Flag.SMARTCARD_REQUIRED)).isTrue();
        assertThat(seen.get(anchor("svc-plain")).state())
                .isEqualTo(AccountState.of(Flag.OUT_OF_SCOPE));
        assertThat(seen.get(anchor("svc-plain")).hash()).isEmpty();
        assertThat(seen).as("computers are not asked for").doesNotContainKey(anchor("PC1$"));
        assertThat(source.run(100)).as("nothing changed since").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntlm", "kerberos"})
    void changedPassword_comesAloneWithANewerVersion(String authentication) throws Exception {
        System.setProperty("java.security.krb5.conf", lab.folder().resolve("krb5.conf").toString());
        configuration.put("authentication", authentication);
        LiveSource source = source();
        LiveSource.Seen before = source.run(1000).get(anchor("bob"));
        String password = "New-of-Bob-" + authentication;
        lab.tool("user", "setpassword", "bob", "--newpassword=" + password);

        Map<String, LiveSource.Seen> delta = source.run(1000);
        assertThat(delta).containsOnlyKeys(anchor("bob"));
        LiveSource.Seen after = delta.get(anchor("bob"));
        assertThat(after.fits(password)).isTrue();
        assertThat(after.version()).isGreaterThan(before.version());
    }

    @Test
    void changesOfStateAlone_areChanges() throws Exception {
        LiveSource source = source();
        lab.tool("user", "create", "stan", "Passw0rd-Stan", "--userou=OU=People");
        source.run(1000);
        String stan = anchor("stan");
        String dn = "dn: CN=stan,OU=People,DC=corp,DC=example\nchangetype: modify\n";

        lab.tool("user", "disable", "stan");
        assertThat(source.run(1000).get(stan).state().has(Flag.DISABLED)).isTrue();
        lab.tool("user", "enable", "stan");
        LiveSource.Seen enabled = source.run(1000).get(stan);
        assertThat(enabled.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(enabled.fits("Passw0rd-Stan")).as("the hash comes with the state").isTrue();

        lab.modify(dn + "replace: accountExpires\naccountExpires: 131000000000000000\n");
        assertThat(source.run(1000).get(stan).state().has(Flag.ACCOUNT_EXPIRED)).isTrue();
        lab.modify(dn + "replace: accountExpires\naccountExpires: 0\n");
        assertThat(source.run(1000).get(stan).state()).isEqualTo(AccountState.ACTIVE);

        lab.modify(dn + "replace: pwdLastSet\npwdLastSet: 0\n");
        assertThat(source.run(1000).get(stan).state().has(Flag.MUST_CHANGE_PASSWORD)).isTrue();
        lab.modify(dn + "replace: pwdLastSet\npwdLastSet: -1\n");
        assertThat(source.run(1000).get(stan).state()).isEqualTo(AccountState.ACTIVE);

        lab.modify(
                dn + "replace: pwdLastSet\npwdLastSet: 132539328000000000\n",
                "--controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0");
        assertThat(source.run(1000).get(stan).state().has(Flag.PASSWORD_EXPIRED)).isTrue();
    }

    @Test
    void deletedAndRestoredUser_isFollowed() throws Exception {
        LiveSource source = source();
        lab.tool("user", "create", "ines", "Passw0rd-Ines", "--userou=OU=People");
        source.run(1000);
        String ines = anchor("ines");

        lab.tool("user", "delete", "ines");
        LiveSource.Seen deleted = source.run(1000).get(ines);
        assertThat(deleted.state()).isEqualTo(AccountState.of(Flag.DELETED));
        assertThat(deleted.hash()).isEmpty();
    }

    @Test
    void renamesAndMoves_areFollowedByGuid() throws Exception {
        LiveSource source = source();
        lab.tool("ou", "create", "OU=Depot,OU=People,DC=corp,DC=example");
        lab.tool("user", "create", "kira", "Passw0rd-Kira", "--userou=OU=Depot,OU=People");
        source.run(1000);
        String kira = anchor("kira");

        lab.tool("user", "rename", "kira", "--samaccountname=kirana", "--force-new-cn=Kirana");
        assertThat(source.run(1000).get(kira).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(anchor("kirana")).isEqualTo(kira);

        lab.tool("user", "move", "kirana", "OU=Leavers,DC=corp,DC=example");
        assertThat(source.run(1000).get(kira).state())
                .isEqualTo(AccountState.of(Flag.OUT_OF_SCOPE));
        lab.tool("user", "move", "kirana", "OU=Depot,OU=People,DC=corp,DC=example");
        LiveSource.Seen back = source.run(1000).get(kira);
        assertThat(back.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(back.fits("Passw0rd-Kira")).isTrue();

        lab.tool(
                "ou",
                "move",
                "OU=Depot,OU=People,DC=corp,DC=example",
                "OU=Leavers,DC=corp,DC=example");
        assertThat(source.run(1000).get(kira).state())
                .as("the controller sends the unit alone")
                .isEqualTo(AccountState.of(Flag.OUT_OF_SCOPE));
    }

    @Test
    void renamedSearchBase_staysInScope() throws Exception {
        lab.tool("ou", "create", "OU=Staff,DC=corp,DC=example");
        lab.tool("user", "create", "sven", "Passw0rd-Sven", "--userou=OU=Staff");
        configuration.put("searchBases", "OU=Staff,DC=corp,DC=example");
        LiveSource source = source();
        String sven =
                new LiveSource(connector.capability(PasswordSource.class).orElseThrow())
                                .run(1000)
                                .isEmpty()
                        ? ""
                        : anchor("sven");
        source.run(1000);

        lab.tool("ou", "rename", "OU=Staff,DC=corp,DC=example", "OU=Crew,DC=corp,DC=example");
        lab.tool("user", "setpassword", "sven", "--newpassword=Passw0rd-Sven-2");
        LiveSource.Seen seen = source.run(1000).get(sven);
        assertThat(seen.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(seen.fits("Passw0rd-Sven-2")).isTrue();
    }

    @Test
    void retry_readsThePresentStateOfGivenUsers() throws Exception {
        LiveSource source = source();
        source.run(1000);
        SourceAnchor alice = account("alice").anchor();
        SourceAnchor nobody = new SourceAnchor("00000000-0000-4000-8000-000000000000");
        var read =
                connector
                        .capability(PasswordSource.class)
                        .orElseThrow()
                        .read(List.of(alice, nobody));
        assertThat(read).hasSize(2);
        assertThat(LiveSource.seen(read.get(0)).fits("Passw0rd-Alice")).isTrue();
        assertThat(read.get(1).state()).isEqualTo(AccountState.of(Flag.DELETED));
        read.forEach(change -> change.close());
        assertThat(account("alice").mail()).isEqualTo("alice@corp.example");
        assertThat(account("alice").familyName()).isEqualTo("Ashe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"svc-plain", "svc-one"})
    void accountWithoutBothRights_isRefusedWithTheCommandsThatGrantThem(String account) {
        open(account, SECRET + account);
        assertThatThrownBy(
                        () ->
                                new LiveSource(
                                                connector
                                                        .capability(PasswordSource.class)
                                                        .orElseThrow())
                                        .run(10))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.PERMISSION));
        assertThat(connector.test())
                .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.remedy()).contains("dsacls"));
    }

    @Test
    void wrongSecret_isToldAsSuch() {
        open("svc-sync", "wrong");
        assertThatThrownBy(
                        () ->
                                new LiveSource(
                                                connector
                                                        .capability(PasswordSource.class)
                                                        .orElseThrow())
                                        .run(10))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION));
    }

    @Test
    void test_provesBothRightsAndFindsNothingToMend() {
        assertThat(open("svc-sync", SECRET + "svc-sync").test())
                .allSatisfy(
                        f ->
                                assertThat(f.severity())
                                        .as(f.text())
                                        .isIn(Finding.Severity.OK, Finding.Severity.NOTE));
    }

    @Test
    void test_warnsOfAnAdministratorsAccount() {
        assertThat(open("Administrator", "Adm1n-Passw0rd!").test())
                .filteredOn(f -> f.severity() == Finding.Severity.WARNING)
                .anySatisfy(f -> assertThat(f.text()).contains("Administrators"));
    }

    @Test
    void certificateOfAnotherName_isRefused() {
        configuration.put("controllers", "localhost@127.0.0.41");
        open("svc-sync", SECRET + "svc-sync");
        assertThatThrownBy(
                        () ->
                                new LiveSource(
                                                connector
                                                        .capability(PasswordSource.class)
                                                        .orElseThrow())
                                        .run(10))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("certificate");
    }

    @Test
    void changeOfAUser_isSignalled() throws Exception {
        source();
        AtomicInteger signals = new AtomicInteger();
        try (ChangeSignal.Subscription subscription =
                connector
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
        open("svc-sync", SECRET + "svc-sync");
        context.fips = true;
        assertThatThrownBy(
                        () ->
                                new LiveSource(
                                                connector
                                                        .capability(PasswordSource.class)
                                                        .orElseThrow())
                                        .run(10))
                .hasMessageContaining("FIPS");
    }

    @Test
    void scopeMemory_holdsNoSecret() throws Exception {
        source().run(1000);
        assertThat(Files.readString(data.resolve("scope.properties"))).contains("OU\\=People");
    }
}
