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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * People of one OpenLDAP server sign in at another one, over the sample configurations and the
 * commands of {@code docs/connectors/ldap-target.md}, typed at a terminal.
 */
@Tag("live")
@EnabledIf(
        value = "possible",
        disabledReason = "needs OpenLDAP (slapd, ldap-utils) and a terminal (expect)")
class LdapTargetIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static OpenLdapLab corp;
    private static OpenLdapLab cloud;
    private static Installation installation;

    static boolean possible() {
        return OpenLdapLab.possible() && Typist.possible();
    }

    @BeforeAll
    static void connect() throws Exception {
        corp = OpenLdapLab.start();
        cloud = OpenLdapLab.start();
        for (String uid : new String[] {"anna", "bert", "carl", "dora"}) {
            corp.addPerson(uid);
            corp.setPassword(uid, "First-of-" + uid);
            cloud.addPerson(uid);
        }
        installation = Installation.fresh("ldaptarget");
        sample("io.passbridge.connector.ldap-corp.cfg", corp);
        sample("io.passbridge.connector.ldaptarget-cloud.cfg", cloud);
        installation.etc(
                "io.passbridge.route-corp_cloud.cfg",
                "source = corp",
                "target = cloud",
                "accounts = create",
                "passThrough = *");
        installation.start();
        Path secret = installation.secretFile("secret", OpenLdapLab.SYNC_PASSWORD);
        installation.done(
                "account:set corp --name " + OpenLdapLab.SYNC + " --secret-file " + secret);
        Files.delete(secret);
        Typist typist =
                new Typist()
                        .answering(
                                "Secret of the account of cloud: $", OpenLdapLab.WRITER_PASSWORD);
        Runbook page = Runbook.of("../connectors/ldap-target.md", Map.of());
        page.follow(installation, typist, "account:set cloud");
        assertThat(page.follow(installation, typist, "connector:test cloud"))
                .contains("takes SSHA", "disabled by pwdAccountLockedTime");
        page.follow(installation, typist, "sync:run corp_cloud");
        page.end();
    }

    private static void sample(String name, OpenLdapLab lab) throws Exception {
        Path sample = installation.home().resolve("samples/etc").resolve(name);
        installation.etc(
                name, Files.readString(sample).replace("ldaps://ldap.example.org", lab.url()));
    }

    @AfterAll
    static void disconnect() throws Exception {
        installation.close();
        corp.close();
        cloud.close();
    }

    private static void awaitSignIn(String uid, String password, boolean expected) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () -> assertThat(cloud.signsIn(uid, password)).as(uid).isEqualTo(expected));
    }

    @Test
    void passwordChangedAtTheSource_signsInAtTheTarget_andTheFormerOneIsRefused() throws Exception {
        awaitSignIn("anna", "First-of-anna", true);
        corp.setPassword("anna", "Second-of-anna");
        awaitSignIn("anna", "Second-of-anna", true);
        assertThat(cloud.signsIn("anna", "First-of-anna")).isFalse();
    }

    @Test
    void accountClosedAtTheSource_isClosedAtTheTarget_andComesBackWithItsNewPassword()
            throws Exception {
        awaitSignIn("bert", "First-of-bert", true);
        corp.modify(
                lock("bert", "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z"));
        awaitSignIn("bert", "First-of-bert", false);
        // a password unlocks at the source, too
        corp.setPassword("bert", "Second-of-bert");
        awaitSignIn("bert", "Second-of-bert", true);
    }

    @Test
    void personRenamedAtTheSource_keepsTheNameOfTheTarget_andGetsTheNewPassword() throws Exception {
        awaitSignIn("carl", "First-of-carl", true);
        corp.modify(
                "dn: "
                        + OpenLdapLab.dn("carl")
                        + "\nchangetype: modrdn\nnewrdn: uid=carlo\ndeleteoldrdn: 1\n");
        corp.setPassword("carlo", "Second-of-carl");
        awaitSignIn("carl", "Second-of-carl", true);
        assertThat(cloud.signsIn("carlo", "Second-of-carl")).isFalse();
    }

    @Test
    void passwordChangedAtTheTargetByHand_isFoundAndMended() throws Exception {
        awaitSignIn("dora", "First-of-dora", true);
        cloud.setPassword("dora", "Set-by-hand");
        Ran found = installation.exec("sync:verify corp_cloud");
        assertThat(found.status()).as(found.text()).isEqualTo(3);
        assertThat(found.out()).containsPattern("dora +different .*the target holds another value");
        Ran mended = installation.exec("sync:verify corp_cloud --repair");
        assertThat(mended.out()).as(mended.text()).contains("1 mended");
        awaitSignIn("dora", "First-of-dora", true);
        assertThat(cloud.signsIn("dora", "Set-by-hand")).isFalse();
    }

    private static String lock(String uid, String modification) {
        return "dn: " + OpenLdapLab.dn(uid) + "\nchangetype: modify\n" + modification + "\n";
    }
}
