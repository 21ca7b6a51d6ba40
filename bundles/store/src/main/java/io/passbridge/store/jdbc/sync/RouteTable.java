/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.connector.Watermark;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.RoutePosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Routes and the numbers about them. A route's name stands here once; users and retries carry its
 * small id.
 */
final class RouteTable {
    /** By their number in the table; a number once given keeps its meaning. */
    private static final List<Reading> READINGS =
            List.of(Reading.CHANGES, Reading.FULL, Reading.RENEWED, Reading.REVIEW);

    private RouteTable() {}

    static OptionalInt find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM sync_route WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? OptionalInt.of(result.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    static boolean exists(Connection connection, int route) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM sync_route WHERE id = ?")) {
            statement.setInt(1, route);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    /** The id of a route, which is entered if it is new. Under the lock of its lease. */
    static int findOrAdd(Connection connection, String name) throws SQLException {
        OptionalInt known = find(connection, name);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO sync_route (name, committed_ms, retries) VALUES (?, 0, 0)")) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
        return find(connection, name).orElseThrow();
    }

    static Optional<RoutePosition> position(Connection connection, String name)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT watermark, reading, committed_ms, gates FROM sync_route WHERE name"
                                + " = ?")) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                byte[] watermark = result.next() ? result.getBytes(1) : null;
                return watermark == null
                        ? Optional.empty()
                        : Optional.of(
                                new RoutePosition(
                                        Watermark.of(watermark),
                                        READINGS.get(result.getInt(2)),
                                        Instant.ofEpochMilli(result.getLong(3)),
                                        result.getString(4)));
            }
        }
    }

    static void move(Connection connection, int route, RoutePosition position) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE sync_route SET watermark = ?, reading = ?, committed_ms = ?, gates"
                                + " = ? WHERE id = ?")) {
            statement.setBytes(1, position.watermark().toBytes());
            statement.setInt(2, READINGS.indexOf(position.reading()));
            statement.setLong(3, position.committedAt().toEpochMilli());
            statement.setString(4, position.gates());
            statement.setInt(5, route);
            statement.executeUpdate();
        }
    }

    /** How many pages of runs were committed; 0 of a route that is not known. */
    static long commits(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT commits FROM sync_route WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    /** Counts one more, if exactly so many are there. Under the lock of its lease. */
    static boolean follow(Connection connection, int route, long commits) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE sync_route SET commits = commits + 1 WHERE id = ? AND commits ="
                                + " ?")) {
            statement.setInt(1, route);
            statement.setLong(2, commits);
            return statement.executeUpdate() == 1;
        }
    }

    static void remove(Connection connection, int route) throws SQLException {
        for (String table :
                new String[] {
                    "sync_retry WHERE route",
                    "sync_unusable WHERE route",
                    "sync_standing WHERE route",
                    "sync_promptness WHERE route",
                    "sync_proof WHERE route",
                    "sync_doubt WHERE route",
                    "sync_route WHERE id"
                }) {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM " + table + " = ?")) {
                statement.setInt(1, route);
                statement.executeUpdate();
            }
        }
    }

    static long retries(Connection connection, int route) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT retries FROM sync_route WHERE id = ?")) {
            statement.setInt(1, route);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    static void setRetries(Connection connection, int route, long retries) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE sync_route SET retries = ? WHERE id = ?")) {
            statement.setLong(1, retries);
            statement.setInt(2, route);
            statement.executeUpdate();
        }
    }

    /** Adds to the numbers of users by standing. Under the lock of its lease. */
    static void count(Connection connection, int route, Map<Standing, Long> changes)
            throws SQLException {
        try (PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE sync_standing SET users = users + ? WHERE route = ? AND"
                                        + " standing = ?");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO sync_standing (users, route, standing) VALUES (?, ?,"
                                        + " ?)")) {
            for (Map.Entry<Standing, Long> change : changes.entrySet()) {
                if (change.getValue() != 0 && execute(update, route, change) == 0) {
                    execute(insert, route, change);
                }
            }
        }
    }

    private static int execute(
            PreparedStatement statement, int route, Map.Entry<Standing, Long> change)
            throws SQLException {
        statement.setLong(1, change.getValue());
        statement.setInt(2, route);
        statement.setInt(3, StandingCode.encode(change.getKey()));
        return statement.executeUpdate();
    }
}
