/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * People of an OpenLDAP server sign in at the embedded directory, over the sample configuration and
 * the commands of {@code docs/connectors/ldap.md}, typed at a terminal.
 */
@Tag("live")
@EnabledIf(
        value = "possible",
        disabledReason = "needs OpenLDAP (slapd, ldap-utils) and a terminal (expect)")
class LdapIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static OpenLdapLab lab;
    private static Installation installation;
    private static SignIn signIn;

    static boolean possible() {
        return OpenLdapLab.possible() && Typist.possible();
    }

    @BeforeAll
    static void connect() throws Exception {
        boolean kerberos = OpenLdapLab.kerberosPossible();
        lab = kerberos ? OpenLdapLab.startWithKerberos() : OpenLdapLab.start();
        for (String uid : new String[] {"anna", "bert", "carl", "dora", "emil"}) {
            lab.addPerson(uid);
            lab.setPassword(uid, "First-of-" + uid);
        }
        installation = Installation.fresh("ldap");
        if (kerberos) {
            // in place of the machine's own
            installation.with(
                    "JDK_JAVA_OPTIONS", "-Djava.security.krb5.conf=" + lab.kerberos("krb5.conf"));
        }
        Path sample =
                installation.home().resolve("samples/etc/io.passbridge.connector.ldap-corp.cfg");
        installation
                .etc(
                        sample.getFileName().toString(),
                        Files.readString(sample).replace("ldaps://ldap.example.org", lab.url()))
                .etc("io.passbridge.connector.directory-cloud.cfg", "signInPort = 0")
                .etc(
                        "io.passbridge.route-corp_cloud.cfg",
                        "source = corp",
                        "target = cloud",
                        "accounts = create",
                        "passThrough = *");
        installation.start();
        Typist typist =
                new Typist()
                        .answering("Secret of the account of corp: $", OpenLdapLab.SYNC_PASSWORD);
        Runbook page = Runbook.of("../connectors/ldap.md", Map.of());
        page.follow(installation, typist, "account:set corp");
        assertThat(page.follow(installation, typist, "connector:test corp"))
                .contains("found by content-sync", "may read userPassword");
        page.follow(installation, typist, "sync:run corp_cloud");
        assertThat(page.follow(installation, typist, "sync:status corp_cloud")).contains("5");
        page.end();
        signIn = new SignIn(installation, "cloud");
    }

    @AfterAll
    static void disconnect() throws Exception {
        installation.close();
        lab.close();
    }

    private static void awaitStatus(String login, String password, int status) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(signIn.attempt(login, password))
                                        .as(login)
                                        .isEqualTo(status));
    }

    private static void modify(String uid, String modification) throws Exception {
        lab.modify("dn: " + OpenLdapLab.dn(uid) + "\nchangetype: modify\n" + modification + "\n");
    }

    @Test
    void passwordChangedByLdappasswd_signsIn_andTheFormerOneIsRefused() throws Exception {
        awaitStatus("anna", "First-of-anna", 200);
        lab.setPassword("anna", "Second-of-anna");
        awaitStatus("anna", "Second-of-anna", 200);
        assertThat(signIn.attempt("anna", "First-of-anna")).isEqualTo(401);
        assertThat(signIn.attempt("anna@example.org", "Second-of-anna")).isEqualTo(200);
    }

    @Test
    void accountLockedForGood_isRefused_andUnlocked_signsInAgain() throws Exception {
        awaitStatus("bert", "First-of-bert", 200);
        modify("bert", "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z");
        awaitStatus("bert", "First-of-bert", 401);
        modify("bert", "delete: pwdAccountLockedTime");
        awaitStatus("bert", "First-of-bert", 200);
    }

    @Test
    void personRenamed_signsInByTheNewName_andDeleted_notAtAll() throws Exception {
        awaitStatus("carl", "First-of-carl", 200);
        lab.modify(
                "dn: "
                        + OpenLdapLab.dn("carl")
                        + "\nchangetype: modrdn\nnewrdn: uid=carlo\ndeleteoldrdn: 1\n");
        awaitStatus("carlo", "First-of-carl", 200);
        assertThat(signIn.attempt("carl", "First-of-carl")).isEqualTo(401);
        lab.modify("dn: " + OpenLdapLab.dn("carlo") + "\nchangetype: delete\n");
        awaitStatus("carlo", "First-of-carl", 401);
    }

    @Test
    void passwordChangedWhileTheServerWasAway_arrivesWhenItIsBack() throws Exception {
        awaitStatus("dora", "First-of-dora", 200);
        lab.setPassword("dora", "Second-of-dora");
        lab.kill();
        lab.up();
        lab.setPassword("emil", "Second-of-emil");
        awaitStatus("dora", "Second-of-dora", 200);
        awaitStatus("emil", "Second-of-emil", 200);
    }

    @Test
    void passwordInTheClear_isToldAsUnusable_andNobodySignsInWithIt() throws Exception {
        lab.addPerson("frieda");
        modify("frieda", "replace: userPassword\nuserPassword: never-in-the-clear");
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(installation.done("sync:people corp_cloud"))
                                        .contains("the password itself"));
        assertThat(signIn.attempt("frieda", "never-in-the-clear")).isEqualTo(401);
        assertThat(installation.log()).doesNotContain("never-in-the-clear");
    }

    @Test
    void kerberosAndUnixSocket_signInWithoutASecretOfThePlatform() throws Exception {
        lab.addPerson("gina");
        lab.setPassword("gina", "First-of-gina");
        if (OpenLdapLab.kerberosPossible()) {
            assertReads(
                    "kerb",
                    "sealed by Kerberos",
                    "servers = ldap://localhost:" + lab.port(),
                    "authentication = kerberos",
                    "keytab = " + lab.kerberos("sync.keytab"),
                    "principal = sync@EXAMPLE.ORG");
        }
        assertReads(
                "unix",
                "not sealed, and on this machine",
                "servers = ldapi://" + lab.socket(),
                "authentication = external");
    }

    private static void assertReads(String source, String finding, String... reach)
            throws Exception {
        String target = "cloud" + source;
        List<String> lines = new ArrayList<>(List.of(reach));
        lines.add("baseDns = " + OpenLdapLab.PEOPLE);
        installation
                .etc(
                        "io.passbridge.connector.ldap-" + source + ".cfg",
                        lines.toArray(String[]::new))
                .etc("io.passbridge.connector.directory-" + target + ".cfg", "signInPort = 0")
                .etc(
                        "io.passbridge.route-" + source + "_" + target + ".cfg",
                        "source = " + source,
                        "target = " + target,
                        "accounts = create",
                        "passThrough = *");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(
                                                new SignIn(installation, target)
                                                        .attempt("gina", "First-of-gina"))
                                        .as(source)
                                        .isEqualTo(200));
        assertThat(installation.done("connector:test " + source))
                .contains(finding, "may read userPassword");
    }
}
