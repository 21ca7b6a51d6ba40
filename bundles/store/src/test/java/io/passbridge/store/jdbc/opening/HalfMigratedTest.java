/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.jdbc.Engine;
import io.passbridge.store.jdbc.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 commits each statement that changes a schema, so a kill leaves a script half done. */
class HalfMigratedTest {
    @TempDir Path folder;

    @Test
    void scriptsThatWereBrokenOffAnywhere_areCompletedByTheNextStart() throws Exception {
        List<String> statements = new ArrayList<>();
        for (String script : text("index").strip().split(",")) {
            statements.addAll(statements(script));
        }
        assertThat(statements).hasSizeGreaterThan(15);

        for (int done = 0; done <= statements.size(); done++) {
            Opening opening = Opening.embedded(folder.resolve("half" + done), 2);
            List<String> first = statements.subList(0, done);
            try (Database whole = opening.open()) {
                whole.write(
                        connection -> {
                            run(connection, dropAllButTheHistory(connection));
                            run(connection, first);
                            return null;
                        });
            }

            try (Database again = opening.open()) {
                assertThat(again.<String>read(HalfMigratedTest::version))
                        .as("after %d statements", done)
                        .isEqualTo(Integer.toString(Opening.SCHEMA.latest(Engine.H2)));
            }
        }
    }

    private static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT \"version\" FROM \"schema_history\""
                                        + " ORDER BY \"installed_rank\" DESC LIMIT 1")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The migration makes its history before the first script. */
    private static List<String> dropAllButTheHistory(Connection connection) throws SQLException {
        List<String> drops = new ArrayList<>(List.of("DELETE FROM \"schema_history\""));
        try (ResultSet tables =
                connection
                        .getMetaData()
                        .getTables(null, "PUBLIC", null, new String[] {"BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME");
                if (!name.equals("schema_history")) {
                    drops.add("DROP TABLE " + name);
                }
            }
        }
        assertThat(drops).hasSizeGreaterThan(5);
        return drops;
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> statements(String script) throws IOException {
        return Arrays.stream(text(script).replaceAll("--[^\n]*", "").split(";"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    private static String text(String file) throws IOException {
        try (InputStream in = HalfMigratedTest.class.getResourceAsStream("/db/h2/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
