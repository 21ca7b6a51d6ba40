/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.jdbc.Engine;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.store.SyncState.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts and lists the people of a route by how they stand, everybody once: whoever waits or is
 * unusable now is not counted by the last outcome as well.
 */
final class PeopleQuery {
    private static final int DELETED = 64;
    private static final int OUT_OF_SCOPE = 128;

    private final Connection connection;
    private final Engine engine;
    private final int route;

    PeopleQuery(Connection connection, Engine engine, int route) {
        this.connection = connection;
        this.engine = engine;
        this.route = route;
    }

    Counts counts() throws SQLException {
        Map<Standing, Long> people = new EnumMap<>(Standing.class);
        add(people, "SELECT standing, users FROM sync_standing WHERE route = ?", 1);
        people.put(Standing.WAITING, less(people, "sync_retry"));
        people.put(Standing.UNUSABLE, less(people, "sync_unusable"));
        people.values().removeIf(number -> number == 0);
        return new Counts(people);
    }

    private long less(Map<Standing, Long> people, String table) throws SQLException {
        long held =
                add(
                        people,
                        "SELECT held, COUNT(*) FROM "
                                + table
                                + " WHERE route = ? AND held IS NOT NULL GROUP BY held",
                        -1);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT COUNT(*) FROM %s WHERE route = ? AND held IS NULL"
                                .formatted(table))) {
            statement.setInt(1, route);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return held + result.getLong(1);
            }
        }
    }

    private long add(Map<Standing, Long> people, String sql, int sign) throws SQLException {
        long sum = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, route);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Standing standing = StandingCode.decode(result.getInt(1));
                    people.merge(standing, sign * result.getLong(2), Long::sum);
                    sum += result.getLong(2);
                }
            }
        }
        return sum;
    }

    PeoplePage people(Standing standing, String after, int limit) throws SQLException {
        String sql =
                "SELECT %s FROM %s WHERE %s AND %s > ? ORDER BY %s FETCH FIRST ? ROWS ONLY"
                        .formatted(
                                columns(standing),
                                table(standing),
                                condition(standing),
                                key(standing),
                                order(standing));
        List<Person> people = new ArrayList<>();
        String last = "";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, standing);
            if (isFinal(standing)) {
                statement.setLong(
                        3, after.isEmpty() ? UserKey.first(route) - 1 : Long.parseLong(after));
                statement.setInt(4, limit);
            } else {
                statement.setString(2, after);
                statement.setInt(3, limit);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String reason = result.getString(3);
                    people.add(
                            new Person(
                                    result.getString(1),
                                    result.getString(2),
                                    reason == null ? "" : reason));
                    last = result.getString(4);
                }
            }
        }
        return new PeoplePage(people, people.size() < limit ? "" : last);
    }

    List<Person> unusable(String user) throws SQLException {
        String sql =
                "SELECT %s FROM sync_unusable WHERE route = ? AND (LOWER(name) = LOWER(?) OR anchor = ? OR place = ?) ORDER BY route, place FETCH FIRST 20 ROWS ONLY"
                        .formatted(columns(Standing.UNUSABLE));
        List<Person> people = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, route);
            statement.setString(2, user);
            statement.setString(3, user);
            statement.setString(4, user);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    people.add(
                            new Person(
                                    result.getString(1), result.getString(2), result.getString(3)));
                }
            }
        }
        return people;
    }

    Map<String, Long> reasons(Standing standing, int limit) throws SQLException {
        String reason = isFinal(standing) ? "detail" : "reason";
        String sql =
                ("SELECT %s, COUNT(*) AS people FROM %s WHERE %s GROUP BY %s"
                                + " ORDER BY people DESC, %s FETCH FIRST ? ROWS ONLY")
                        .formatted(reason, table(standing), condition(standing), reason, reason);
        Map<String, Long> reasons = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, standing);
            statement.setInt(isFinal(standing) ? 3 : 2, limit);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String text = result.getString(1);
                    reasons.merge(text == null ? "" : text, result.getLong(2), Long::sum);
                }
            }
        }
        return reasons;
    }

    private void bind(PreparedStatement statement, Standing standing) throws SQLException {
        if (isFinal(standing)) {
            statement.setLong(1, UserKey.first(route));
            statement.setLong(2, UserKey.first(route + 1));
        } else {
            statement.setInt(1, route);
        }
    }

    private static boolean isFinal(Standing standing) {
        return standing != Standing.WAITING && standing != Standing.UNUSABLE;
    }

    private static String table(Standing standing) {
        return switch (standing) {
            case WAITING -> "sync_retry";
            case UNUSABLE -> "sync_unusable";
            default -> "sync_user u";
        };
    }

    private static String key(Standing standing) {
        return switch (standing) {
            case WAITING -> "anchor";
            case UNUSABLE -> "place";
            default -> "id";
        };
    }

    private static String order(Standing standing) {
        return isFinal(standing) ? "id" : "route, " + key(standing);
    }

    private static String columns(Standing standing) {
        return switch (standing) {
            case WAITING -> "anchor, '', reason, anchor";
            case UNUSABLE ->
                    "CASE WHEN name = '' THEN COALESCE(anchor, '') ELSE name END, place, reason,"
                            + " place";
            default -> "anchor, '', detail, id";
        };
    }

    private String condition(Standing standing) {
        if (!isFinal(standing)) {
            return "route = ?";
        }
        String done = "outcome IN (1, 2)";
        String deleted = engine.bit("state", DELETED);
        String outside = engine.bit("state", OUT_OF_SCOPE);
        String rule =
                switch (standing) {
                    case IN_STEP -> "%s AND NOT %s AND NOT %s".formatted(done, deleted, outside);
                    case GONE -> "outcome IN (1, 2, 4) AND " + deleted;
                    case OUTSIDE ->
                            "outcome IN (1, 2, 4) AND %s AND NOT %s".formatted(outside, deleted);
                    default ->
                            "(outcome NOT IN (1, 2, 4) OR outcome = 4 AND NOT %s AND NOT %s)"
                                    .formatted(deleted, outside);
                };
        return "id >= ? AND id < ? AND " + rule + notIn("sync_retry") + notIn("sync_unusable");
    }

    private String notIn(String table) {
        return " AND NOT EXISTS (SELECT 1 FROM %s o WHERE o.route = %d AND o.anchor = u.anchor)"
                .formatted(table, route);
    }
}
