/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** H2 commits each statement that changes a schema, so a kill leaves a script half done. */
class HalfMigratedTest {
    private static final List<String> SCRIPTS =
            List.of(
                    "V1__state.sql",
                    "V2__pause.sql",
                    "V3__key_set_mark.sql",
                    "V4__people.sql",
                    "V5__gates.sql");

    @Test
    void scriptsThatWereBrokenOffAnywhere_areCompletedByTheNextStart() throws Exception {
        List<String> statements = new ArrayList<>();
        for (String script : SCRIPTS) {
            statements.addAll(statements(script));
        }
        assertThat(statements).hasSizeGreaterThan(15);

        for (int done = 0; done <= statements.size(); done++) {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:half" + done + ";DB_CLOSE_DELAY=-1");
            SchemaMigration.migrate(database, Engine.H2, "", "whole");
            run(database, dropAllButTheHistory(database));
            run(database, statements.subList(0, done));

            String version = SchemaMigration.migrate(database, Engine.H2, "", "half " + done);

            assertThat(version)
                    .as("after %d statements", done)
                    .isEqualTo(Integer.toString(SchemaScripts.LATEST));
            run(database, List.of("SHUTDOWN"));
        }
    }

    /** The migration makes its history before the first script. */
    private static List<String> dropAllButTheHistory(JdbcDataSource database) throws SQLException {
        List<String> drops = new ArrayList<>(List.of("DELETE FROM \"schema_history\""));
        try (Connection connection = database.getConnection();
                ResultSet tables =
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

    private static void run(JdbcDataSource database, List<String> statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> statements(String script) throws IOException {
        try (InputStream in = HalfMigratedTest.class.getResourceAsStream("/db/h2/" + script)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.replaceAll("--[^\n]*", "").split(";"))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty())
                    .toList();
        }
    }
}
