/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private Installation server(String name, String schema) throws Exception {
        return new Servers(postgres, folder.resolve("people.ldif")).server(name, schema, "cloud");
    }

    @Test
    void secondServerOnTheSameDatabase_isActivatedWithTheExport_andFencesTheFirstOut()
            throws Exception {
        People people = new People(folder.resolve("people.ldif"), 20);
        try (Installation one = server("one", "shared");
                Installation two = server("two", "shared")) {
            one.start();
            Servers.setAccount(one, "cloud");
            Servers.awaitInStep(one, "cloud", 20);
            Path password = one.secretFile("export-password", "of the export");
            Path export = folder.resolve("keys.pbke");
            one.done("keys:export " + export + " --password-file " + password);

            two.start();
            assertThat(two.exec("account:test cloud").status())
                    .as("a foreign key set")
                    .isEqualTo(2);
            assertThat(two.passbridge("keys", "status").out())
                    .as("waits for the key set that the store needs")
                    .contains("no new key set", Servers.keySet(one));
            assertThat(two.exec("doctor").out()).contains("key set");

            Path again = two.secretFile("export-password", "of the export");
            two.done("keys:activate " + export + " --yes --password-file " + again);
            assertThat(Servers.keySet(two)).isEqualTo(Servers.keySet(one));
            two.done("account:test cloud");
            people.change("u000003");
            Servers.awaitSignIn(two, "cloud", "u000003", people);
            assertThat(one.done("sync:status")).as("fenced out").contains("standby");
        }
    }

    @Test
    void servicePasswordChangedBehindThePlatformsBack_locksIt_andUnlockContinues()
            throws Exception {
        new People(folder.resolve("people.ldif"), 5);
        try (Installation server = server("locked", "locked")) {
            server.start();
            Servers.setAccount(server, "cloud");
            Servers.awaitInStep(server, "cloud", 5);
            server.stop();
            Path file = server.home().resolve("etc/service-account.password");
            String right = Files.readString(file);
            Files.writeString(file, "changed behind its back\n");

            server.start();
            assertThat(server.passbridge("status").out()).contains("locked");
            assertThat(server.done("events:list --json")).contains("\"event\":6028");
            assertThat(server.exec("doctor").out()).contains("keys:unlock");

            Path wrong = server.secretFile("wrong", "not this one");
            for (int i = 0; i < 2; i++) {
                assertThat(server.exec("keys:unlock --password-file " + wrong).status())
                        .isEqualTo(2);
                server.exec("keys:unlock");
            }
            assertThat(server.done("events:list --event 6028 --json").lines())
                    .as("what somebody mistypes is no new cause")
                    .filteredOn(line -> line.contains("6028"))
                    .hasSize(1);

            Path password = server.secretFile("password", right.strip());
            server.done("keys:unlock --store --password-file " + password);
            server.done("account:test cloud");
            Servers.awaitInStep(server, "cloud", 5);
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
            Servers.setAccount(server, "cloud");
            Servers.awaitInStep(server, "cloud", 5);
            String before = Servers.keySet(server);
            server.stop();
            Servers.losePassword(server);
            server.start();

            assertThat(server.exec("keys:abandon").status()).as("nobody confirmed").isNotZero();
            server.done("keys:abandon --dry-run");
            server.done("keys:abandon --yes --key-set " + before);
            assertThat(Servers.keySet(server)).isNotEqualTo(before);
            assertThat(server.exec("account:test cloud").status()).isEqualTo(2);
            Servers.setAccount(server, "cloud");
            people.change("u000001");
            Servers.awaitSignIn(server, "cloud", "u000001", people);
            assertThat(Servers.fullRuns(server))
                    .as("from the old watermark: no second full run")
                    .isEqualTo(1);
        }
    }
}
