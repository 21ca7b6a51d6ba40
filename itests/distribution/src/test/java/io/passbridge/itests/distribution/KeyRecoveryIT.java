/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators of such a platform fear: a second server, a password changed behind its back, a
 * lost key set. In every case the secret of the target's account is sealed in the store.
 */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.PostgresLab#possible",
        disabledReason = "no PostgreSQL server can be started here: initdb is not installed")
class KeyRecoveryIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static PostgresLab postgres;

    @TempDir private Path folder;

    @BeforeAll
    static void database() throws Exception {
        postgres = PostgresLab.up();
    }

    @AfterAll
    static void noDatabase() throws Exception {
        postgres.close();
    }

    /**
     * A server that keeps its state in a schema of its own, and signs in to its target with a
     * secret.
     */
    private Installation server(String name, String schema) throws Exception {
        Installation server = Installation.fresh(name);
        Path password = server.secretFile("database-password", PostgresLab.PASSWORD);
        return server.etc(
                        "io.passbridge.store.cfg",
                        "url = " + postgres.url(),
                        "user = " + PostgresLab.ROLE,
                        "passwordFile = " + password,
                        "schema = " + schema)
                .etc(
                        "io.passbridge.connector.ldif-people.cfg",
                        "path = " + folder.resolve("people.ldif"),
                        "settleMillis = 100")
                .etc(
                        "io.passbridge.connector.directorypg-cloud.cfg",
                        "url = " + postgres.url(),
                        "schema = " + schema + "_cloud",
                        "signInPort = 0")
                .etc(
                        "io.passbridge.route-people_cloud.cfg",
                        "source = people",
                        "target = cloud",
                        "digest = pph1",
                        "accounts = create");
    }

    private static void setAccount(Installation server) throws Exception {
        Path secret = server.secretFile("secret", PostgresLab.PASSWORD);
        server.done("account:set cloud --name " + PostgresLab.ROLE + " --secret-file " + secret);
        Files.delete(secret);
    }

    private static void awaitInStep(Installation server, int users) {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(server.done("sync:status"))
                                        .containsPattern("idle +" + users + " "));
    }

    private static String keySet(Installation server) throws Exception {
        Matcher id =
                Pattern.compile("\"keySetId\":\"([0-9a-f-]{36})\"")
                        .matcher(server.done("keys:status --json"));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    @Test
    void secondServerOnTheSameDatabase_isActivatedWithTheExport_andFencesTheFirstOut()
            throws Exception {
        People people = new People(folder.resolve("people.ldif"), 20);
        try (Installation one = server("one", "shared");
                Installation two = server("two", "shared")) {
            one.start();
            setAccount(one);
            awaitInStep(one, 20);
            Path password = one.secretFile("export-password", "of the export");
            Path export = folder.resolve("keys.pbke");
            one.done("keys:export " + export + " --password-file " + password);

            two.start();
            assertThat(two.exec("account:test cloud").status())
                    .as("a foreign key set")
                    .isEqualTo(2);
            assertThat(keySet(two)).isNotEqualTo(keySet(one));
            assertThat(two.exec("doctor").out()).contains("key set");

            Path again = two.secretFile("export-password", "of the export");
            two.done("keys:activate " + export + " --yes --password-file " + again);
            assertThat(keySet(two)).isEqualTo(keySet(one));
            two.done("account:test cloud");
            people.change("u000003");
            Awaitility.await()
                    .atMost(SOON)
                    .pollInterval(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    new SignIn(two, "cloud")
                                                            .attempt(
                                                                    "u000003",
                                                                    people.passwords()
                                                                            .get("u000003")))
                                            .isEqualTo(200));
            assertThat(one.done("sync:status")).as("fenced out").contains("standby");
        }
    }

    @Test
    void servicePasswordChangedBehindThePlatformsBack_locksIt_andUnlockContinues()
            throws Exception {
        new People(folder.resolve("people.ldif"), 5);
        try (Installation server = server("locked", "locked")) {
            server.start();
            setAccount(server);
            awaitInStep(server, 5);
            server.stop();
            Path file = server.home().resolve("etc/service-account.password");
            String right = Files.readString(file);
            Files.writeString(file, "changed behind its back\n");

            server.start();
            assertThat(server.passbridge("status").out()).contains("locked");
            assertThat(server.done("events:list --json")).contains("\"number\":6028");
            assertThat(server.exec("doctor").out()).contains("keys:unlock");

            Path password = server.secretFile("password", right.strip());
            server.done("keys:unlock --store --password-file " + password);
            server.done("account:test cloud");
            awaitInStep(server, 5);
            server.stop();
            server.start();
            assertThat(server.passbridge("status").out()).contains("unlocked");
        }
    }

    @Test
    void everythingLost_abandon_thenOneAccountAnew_andSynchronisationGoesOn() throws Exception {
        People people = new People(folder.resolve("people.ldif"), 5);
        try (Installation server = server("lost", "lost")) {
            server.start();
            setAccount(server);
            awaitInStep(server, 5);
            String before = keySet(server);
            server.stop();
            Files.writeString(
                    server.home().resolve("etc/service-account.password"), "lost for ever\n");
            server.start();

            assertThat(server.exec("keys:abandon").status()).as("nobody confirmed").isNotZero();
            server.done("keys:abandon --dry-run");
            server.done("keys:abandon --yes --key-set " + before);
            assertThat(keySet(server)).isNotEqualTo(before);
            assertThat(server.exec("account:test cloud").status()).isEqualTo(2);
            setAccount(server);
            people.change("u000001");
            Awaitility.await()
                    .atMost(SOON)
                    .pollInterval(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    new SignIn(server, "cloud")
                                                            .attempt(
                                                                    "u000001",
                                                                    people.passwords()
                                                                            .get("u000001")))
                                            .isEqualTo(200));
            assertThat(server.done("sync:history --json").lines())
                    .as("from the old watermark: no second full run")
                    .filteredOn(run -> run.contains("\"full\":true") && run.contains("success"))
                    .hasSize(1);
        }
    }
}
