/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes the target's database behind the platform's back. */
class ParityIT {
    private static final int SIGNED_IN = 200;
    private static final int REFUSED = 401;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void rowsChangedByHand_areNoticedWithoutAFullRun_andMendedOnDemand() throws Exception {
        People people = new People(folder.resolve("people.ldif"), 12);
        try (Installation installation = Installation.fresh("parity")) {
            installation
                    .peopleToCloud(folder.resolve("people.ldif"), "verifyPerMinute = 6000")
                    .start();
            installation.done("sync:run people_cloud");
            assertThat(installation.done("sync:verify people_cloud"))
                    .contains("12 people of 12 in step compared: 12 the same.");
            installation.stop();
            // another's digest, no digest, no row, and an account that was closed
            byHand(
                    installation,
                    List.of(
                            "UPDATE directory_user SET digest = (SELECT digest FROM directory_user"
                                    + " WHERE login_name = 'u000000') WHERE login_name = 'u000001'",
                            "UPDATE directory_user SET scheme = NULL, digest = NULL WHERE"
                                    + " login_name = 'u000002'",
                            "DELETE FROM directory_user WHERE login_name = 'u000003'",
                            "UPDATE directory_user SET state = 1 WHERE login_name = 'u000004'"));
            installation.start();

            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.exec("doctor").out())
                                            .contains(
                                                    "the target holds another password",
                                                    "the target has no password",
                                                    "the target has no such user",
                                                    "the account is closed at the target",
                                                    "sync:verify people_cloud --repair"));
            assertThat(installation.done("events:list --event 9057")).contains("people_cloud");
            SignIn signIn = new SignIn(installation, "cloud");
            assertThat(signIn.attempt("u000003", "First-of-u000003")).isEqualTo(REFUSED);
            assertThat(installation.done("sync:verify people_cloud --found"))
                    .contains("u000001", "u000002", "u000003", "u000004")
                    .doesNotContain("u000005");
            assertThat(installation.exec("sync:verify people_cloud").status()).isEqualTo(3);

            assertThat(installation.done("sync:verify people_cloud --repair"))
                    .contains("12 the same; 4 mended.");

            for (String uid : people.passwords().keySet()) {
                assertThat(signIn.attempt(uid, people.passwords().get(uid)))
                        .as(uid)
                        .isEqualTo(SIGNED_IN);
            }
            assertThat(installation.exec("doctor").out()).doesNotContain("not at the target");
            assertThat(installation.done("sync:status people_cloud"))
                    .containsPattern("proven since +\\d{4}-")
                    .containsPattern("doubtful +0");
            people.change("u000001");
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    signIn.attempt(
                                                            "u000001",
                                                            people.passwords().get("u000001")))
                                            .as("a change after the repair")
                                            .isEqualTo(SIGNED_IN));
        }
    }

    private static void byHand(Installation installation, List<String> sqls) throws Exception {
        Path database = installation.data().resolve("connectors/cloud/directory").toAbsolutePath();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:" + database, "directory", "");
                Statement statement = connection.createStatement()) {
            for (String sql : sqls) {
                assertThat(statement.executeUpdate(sql)).as(sql).isEqualTo(1);
            }
        }
    }
}
