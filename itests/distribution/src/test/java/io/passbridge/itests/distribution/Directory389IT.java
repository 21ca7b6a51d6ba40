/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.itests.lab.Directory389Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * 389 Directory Server as source and as target of the platform: people of one branch sign in at
 * another one of the same server, over the shell's commands.
 */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.Directory389Lab#possible",
        disabledReason = "needs 389 Directory Server (389-ds-base, ldap-utils)")
class Directory389IT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PEOPLE = ",ou=people,dc=example,dc=org";
    private static final String ELSEWHERE = ",ou=elsewhere,dc=example,dc=org";

    private static Directory389Lab lab;
    private static Installation installation;

    @BeforeAll
    static void connect() throws Exception {
        lab = Directory389Lab.start();
        for (String uid : new String[] {"anna", "bert", "carl"}) {
            lab.modify(
                    "dn: uid="
                            + uid
                            + PEOPLE
                            + "\nchangetype: add\nobjectClass: inetOrgPerson\nuid: "
                            + uid
                            + "\ncn: "
                            + uid
                            + "\nsn: "
                            + uid
                            + "\nuserPassword: First-of-"
                            + uid
                            + "\n");
        }
        installation = Installation.fresh("directory389");
        installation
                .etc(
                        "io.passbridge.connector.ldap-corp.cfg",
                        "servers = " + lab.url(),
                        "baseDns = ou=people,dc=example,dc=org")
                .etc(
                        "io.passbridge.connector.ldaptarget-cloud.cfg",
                        "servers = " + lab.url(),
                        "baseDns = ou=elsewhere,dc=example,dc=org",
                        "users = create")
                .etc(
                        "io.passbridge.route-corp_cloud.cfg",
                        "source = corp",
                        "target = cloud",
                        "accounts = create",
                        "passThrough = *");
        installation.start();
        account("corp", Directory389Lab.SYNC, Directory389Lab.SYNC_PASSWORD);
        account("cloud", Directory389Lab.WRITER, Directory389Lab.WRITER_PASSWORD);
        assertThat(installation.done("connector:test corp"))
                .contains("signed in to 389 Directory Server", "found by content-sync");
        assertThat(installation.done("connector:test cloud"))
                .contains("takes ", "disabled by nsAccountLock");
        installation.done("sync:run corp_cloud");
    }

    private static void account(String connector, String name, String password) throws Exception {
        Path secret = installation.secretFile("secret", password);
        installation.done(
                "account:set " + connector + " --name " + name + " --secret-file " + secret);
        Files.delete(secret);
    }

    @AfterAll
    static void disconnect() throws Exception {
        installation.close();
        lab.close();
    }

    private static void awaitSignIn(String uid, String password, boolean expected) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () ->
                                assertThat(lab.signsIn("uid=" + uid + ELSEWHERE, password))
                                        .as(uid)
                                        .isEqualTo(expected));
    }

    private static void change(String uid, String modification) throws Exception {
        lab.modify("dn: uid=" + uid + PEOPLE + "\nchangetype: " + modification + "\n");
    }

    @Test
    void passwordChanged_signsInAtTheTarget_andTheFormerOneIsRefused() throws Exception {
        awaitSignIn("anna", "First-of-anna", true);
        change("anna", "modify\nreplace: userPassword\nuserPassword: Second-of-anna");
        awaitSignIn("anna", "Second-of-anna", true);
        assertThat(lab.signsIn("uid=anna" + ELSEWHERE, "First-of-anna")).isFalse();
    }

    @Test
    void personLocked_isRefused_andUnlocked_signsInAgain() throws Exception {
        awaitSignIn("bert", "First-of-bert", true);
        change("bert", "modify\nreplace: nsAccountLock\nnsAccountLock: true");
        awaitSignIn("bert", "First-of-bert", false);
        change("bert", "modify\ndelete: nsAccountLock");
        awaitSignIn("bert", "First-of-bert", true);
    }

    @Test
    void personRenamed_keepsThePassword_andDeleted_isClosed_overARestartOfTheServer()
            throws Exception {
        awaitSignIn("carl", "First-of-carl", true);
        change("carl", "modrdn\nnewrdn: uid=carlo\ndeleteoldrdn: 1");
        awaitSignIn("carlo", "First-of-carl", true);
        lab.kill();
        lab.up();
        change("carlo", "delete");
        awaitSignIn("carlo", "First-of-carl", false);
    }
}
