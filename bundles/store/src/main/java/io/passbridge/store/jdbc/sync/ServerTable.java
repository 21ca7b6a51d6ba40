/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.RouteLeases.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The servers that have said that they are there, a row each, and until when that holds. */
final class ServerTable {
    private ServerTable() {}

    /** Those that are there, by name. */
    static Map<String, Server> there(Connection connection, Instant now) throws SQLException {
        Map<String, Server> servers = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT name, standby, routes FROM sync_server WHERE until_ms > ?")) {
            statement.setLong(1, now.toEpochMilli());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Server server =
                            new Server(
                                    result.getString(1),
                                    result.getBoolean(2),
                                    routes(result.getString(3)));
                    servers.put(server.name(), server);
                }
            }
        }
        return servers;
    }

    static void put(Connection connection, Server server, Instant until) throws SQLException {
        if (execute(
                        connection,
                        "UPDATE sync_server SET standby = ?, routes = ?, until_ms = ? WHERE name ="
                                + " ?",
                        server,
                        until)
                == 0) {
            execute(
                    connection,
                    "INSERT INTO sync_server (standby, routes, until_ms, name) VALUES (?, ?, ?, ?)",
                    server,
                    until);
        }
    }

    private static int execute(Connection connection, String sql, Server server, Instant until)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBoolean(1, server.standby());
            statement.setString(2, text(server.routes()));
            statement.setLong(3, until.toEpochMilli());
            statement.setString(4, server.name());
            return statement.executeUpdate();
        }
    }

    static void remove(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM sync_server WHERE name = ?")) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    private static String text(Map<String, Boolean> routes) {
        return new TreeMap<>(routes)
                .entrySet().stream()
                        .map(route -> (route.getValue() ? "+" : "-") + route.getKey())
                        .collect(Collectors.joining("\n"));
    }

    private static Map<String, Boolean> routes(String text) {
        return text.lines()
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toMap(line -> line.substring(1), line -> line.startsWith("+")));
    }
}
