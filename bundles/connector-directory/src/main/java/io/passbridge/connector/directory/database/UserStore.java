/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.jdbc.EmbeddedLocation;
import io.passbridge.jdbc.Engine;
import io.passbridge.jdbc.Location;
import io.passbridge.jdbc.Migration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Which database the directory keeps its users in, and what is particular about it. */
public record UserStore(Location location) {
    /** The tables, see the scripts in this bundle's folder {@code schema}. */
    public static final Migration SCHEMA =
            new Migration(
                    "/io/passbridge/connector/directory/schema",
                    "directory_schema_history",
                    UserStore::before);

    private static final String FORMER_HISTORY = "directory_schema";

    /** In the connector's own folder. */
    public static UserStore embedded(Path folder) {
        return new UserStore(new EmbeddedLocation(folder, "directory", "directory", ""));
    }

    String name() {
        return location.name();
    }

    /** A table of numbers, one parameter, an array, to which an alias can be appended. */
    String numbers() {
        return location.engine() == Engine.H2 ? "UNNEST(CAST(? AS BIGINT ARRAY))" : "UNNEST(?)";
    }

    /** A new index, empty until it is loaded. */
    UserIndex index() {
        return location.engine() == Engine.H2 ? new MemoryIndex() : new SqlIndex();
    }

    /** Earlier releases noted the version in a table of their own. */
    private static Optional<Integer> before(Connection connection) throws SQLException {
        return Optional.of(hasFormerHistory(connection) ? formerVersion(connection) : 0);
    }

    private static boolean hasFormerHistory(Connection connection) throws SQLException {
        String schema = connection.getSchema();
        if (schema == null) {
            return false; // it is going to be created
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, schema, "%", null)) {
            while (tables.next()) {
                if (tables.getString("TABLE_NAME").equalsIgnoreCase(FORMER_HISTORY)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static int formerVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM " + FORMER_HISTORY)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
