/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Who holds which route, read from the database itself, so that moments can be measured. */
final class LeaseWatch implements AutoCloseable {
    private final Connection connection;

    LeaseWatch(PostgresLab postgres, String schema) throws SQLException {
        connection =
                DriverManager.getConnection(
                        postgres.url() + "?currentSchema=" + schema,
                        PostgresLab.ROLE,
                        PostgresLab.PASSWORD);
    }

    /** The holder of each route by name; empty if nobody holds it. */
    Map<String, String> holders() throws SQLException {
        Map<String, String> holders = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select route, holder from sync_lease where route <> '*'")) {
            while (rows.next()) {
                holders.put(rows.getString(1), rows.getString(2));
            }
        }
        return holders;
    }

    /** How often all users of a route were read successfully, by any server. */
    long fullRuns() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) from sync_run where full_run and result ="
                                        + " 'success'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Waits for a state of the routes; how long that took. */
    Duration await(Predicate<Map<String, String>> state, Duration most) {
        long start = System.nanoTime();
        Awaitility.await()
                .atMost(most)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(this::holders, state::test);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A server's name in the store ends with this. */
    static String id(Installation server) throws Exception {
        return Files.readString(server.data().resolve("scheduler/server-id")).strip();
    }

    /** All routes are held by this server. */
    static Predicate<Map<String, String>> all(String id) {
        return holders -> holders.values().stream().allMatch(holder -> holder.endsWith("/" + id));
    }

    /** Each server holds so many routes. */
    static Predicate<Map<String, String>> each(long routes, String... ids) {
        return holders -> {
            for (String id : ids) {
                if (holders.values().stream().filter(h -> h.endsWith("/" + id)).count() != routes) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
