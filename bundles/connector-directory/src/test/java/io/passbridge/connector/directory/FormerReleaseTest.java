/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static io.passbridge.connector.ItemOutcome.Outcome.ALREADY;
import static io.passbridge.connector.ItemOutcome.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.directory.database.Database;
import io.passbridge.connector.directory.database.UserStore;
import io.passbridge.jdbc.Engine;
import io.passbridge.jdbc.Pool;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases from before the history of the schema was kept in the way that all of ours have. */
class FormerReleaseTest {
    private static final String SCHEMA = "/io/passbridge/connector/directory/schema/h2/";

    @TempDir Path folder;

    /** The file was written by that release: Jane with a password, John without. */
    @Test
    void databaseOfTheFormerRelease_keepsItsUsersAndTheirPasswords() throws Exception {
        try (InputStream file = getClass().getResourceAsStream("former-release.mv.db.gz")) {
            Files.copy(new GZIPInputStream(file), folder.resolve("directory.mv.db"));
        }
        for (String login : List.of("mary", "nina")) {
            try (Lab lab = new Lab(folder)) {
                assertThat(lab.signIn("jane", "Passw0rd!").statusCode()).isEqualTo(200);
                assertThat(lab.provision("2", "john")).isEqualTo(ALREADY);
                assertThat(lab.provision(login, login)).isEqualTo(APPLIED);
            }
        }
        try (Database database = new Database(UserStore.embedded(folder))) {
            assertThat(database.<List<String>>read(FormerReleaseTest::history))
                    .containsExactly("1 BASELINE", "2 SQL", "3 SQL");
        }
    }

    /** H2 commits each statement that changes a schema. */
    @Test
    void formerReleaseThatWasBrokenOffAnywhere_isCompleted() throws Exception {
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE TABLE IF NOT EXISTS directory_schema"
                        + " (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)");
        statements.add("INSERT INTO directory_schema (id, version) VALUES (1, 0)");
        for (String script : List.of("V1__users.sql", "V2__attributes.sql")) {
            try (InputStream in = getClass().getResourceAsStream(SCHEMA + script)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                statements.addAll(Arrays.asList(text.split(";\\s*\n")));
            }
            statements.add("UPDATE directory_schema SET version = version + 1");
        }
        assertThat(statements).hasSize(6);

        for (int done = 0; done <= statements.size(); done++) {
            UserStore store = UserStore.embedded(folder.resolve("half" + done));
            List<String> first = statements.subList(0, done);
            try (Pool former = store.location().connect("former", 2)) {
                former.write(connection -> run(connection, first));
            }
            try (Database database = new Database(store)) {
                assertThat(database.<List<String>>read(FormerReleaseTest::history))
                        .as("after %d statements", done)
                        .endsWith(UserStore.SCHEMA.latest(Engine.H2) + " SQL");
                assertThat(database.<Boolean>read(c -> run(c, List.of("TABLE directory_user"))))
                        .isTrue();
            }
        }
    }

    private static boolean run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            return true;
        }
    }

    private static List<String> history(Connection connection) throws SQLException {
        List<String> history = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT \"version\", \"type\" FROM \"directory_schema_history\""
                                        + " WHERE \"version\" IS NOT NULL ORDER BY"
                                        + " \"installed_rank\"")) {
            while (row.next()) {
                history.add(row.getString(1) + " " + row.getString(2));
            }
            return history;
        }
    }
}
