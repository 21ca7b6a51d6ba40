/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Brings the database to the present schema by numbered scripts, each in a transaction of its own.
 * Scripts are never edited once released, only added. One server at a time does it: the version's
 * row is locked.
 */
final class Schema {
    /** The number of the newest script. */
    static final int NEWEST = 1;

    private Schema() {}

    static void migrate(DataSource source, Engine engine) throws ConnectorException {
        try (Connection connection = source.getConnection()) {
            prepare(connection, engine);
            connection.setAutoCommit(false);
            while (step(connection, engine)) {
                connection.commit();
            }
            connection.commit();
            engine.afterCommit(connection);
        } catch (SQLException e) {
            throw SqlFailure.of(engine, e, false);
        }
    }

    private static void prepare(Connection connection, Engine engine) throws SQLException {
        engine.prepare(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS directory_schema"
                            + " (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)");
            statement.execute(
                    "INSERT INTO directory_schema (id, version) SELECT 1, 0 WHERE NOT EXISTS"
                            + " (SELECT 1 FROM directory_schema)");
        }
    }

    private static boolean step(Connection connection, Engine engine)
            throws SQLException, ConnectorException {
        try (Statement statement = connection.createStatement()) {
            int version;
            try (ResultSet row =
                    statement.executeQuery("SELECT version FROM directory_schema FOR UPDATE")) {
                row.next();
                version = row.getInt(1);
            }
            if (version > NEWEST) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        engine.name()
                                + " has schema version "
                                + version
                                + ", and this bundle knows versions up to "
                                + NEWEST
                                + "; install the newer bundle again");
            }
            if (version == NEWEST) {
                return false;
            }
            for (String command : script(engine, version + 1).split(";\\s*\n")) {
                statement.execute(command);
            }
            statement.executeUpdate("UPDATE directory_schema SET version = " + (version + 1));
            return true;
        }
    }

    private static String script(Engine engine, int number) {
        String name = "schema/%s/%03d.sql".formatted(engine.folder(), number);
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from this bundle", e);
        }
    }
}
