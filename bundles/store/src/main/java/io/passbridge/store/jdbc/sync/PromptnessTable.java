/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.Latencies;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.Arrivals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How long the changes of a route took to its target: one row an hour, for the hours kept. */
final class PromptnessTable {
    private static final Duration HOUR = Duration.ofHours(1);

    private PromptnessTable() {}

    /** Adds to the hour in which they got there. Under the lock of the route's lease. */
    static void add(Connection connection, int route, Arrivals arrivals) throws SQLException {
        long hour = hour(arrivals.at());
        Latencies before = read(connection, route, hour, hour);
        if (before.counts().isEmpty()) {
            removeOlder(connection, route, hour(arrivals.at().minus(SyncState.LATENCIES_KEPT)));
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        before.counts().isEmpty()
                                ? "INSERT INTO sync_promptness (counts, route, at_hour) VALUES (?,"
                                        + " ?, ?)"
                                : "UPDATE sync_promptness SET counts = ? WHERE route = ? AND"
                                        + " at_hour = ?")) {
            statement.setString(1, text(before.plus(arrivals.latencies())));
            statement.setInt(2, route);
            statement.setLong(3, hour);
            statement.executeUpdate();
        }
    }

    static Latencies since(Connection connection, int route, Instant since) throws SQLException {
        return read(connection, route, hour(since), Long.MAX_VALUE);
    }

    private static Latencies read(Connection connection, int route, long from, long to)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT counts FROM sync_promptness WHERE route = ? AND at_hour >= ? AND"
                                + " at_hour <= ?")) {
            statement.setInt(1, route);
            statement.setLong(2, from);
            statement.setLong(3, to);
            try (ResultSet result = statement.executeQuery()) {
                Latencies sum = Latencies.NONE;
                while (result.next()) {
                    sum = sum.plus(parse(result.getString(1)));
                }
                return sum;
            }
        }
    }

    private static void removeOlder(Connection connection, int route, long hour)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM sync_promptness WHERE route = ? AND at_hour < ?")) {
            statement.setInt(1, route);
            statement.setLong(2, hour);
            statement.executeUpdate();
        }
    }

    private static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), HOUR.toSeconds());
    }

    private static String text(Latencies latencies) {
        return latencies.counts().entrySet().stream()
                .map(step -> step.getKey() + " " + step.getValue())
                .collect(Collectors.joining(","));
    }

    private static Latencies parse(String text) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (String step : text.split(",")) {
            int blank = step.indexOf(' ');
            counts.put(
                    Integer.valueOf(step.substring(0, blank)),
                    Long.valueOf(step.substring(blank + 1)));
        }
        return new Latencies(counts);
    }
}
