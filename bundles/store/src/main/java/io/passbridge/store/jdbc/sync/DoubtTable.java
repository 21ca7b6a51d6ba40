/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Parity;
import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.jdbc.database.Text;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of whom it is not known that the target holds what the source holds. */
final class DoubtTable {
    private DoubtTable() {}

    /** Under the lease's lock. */
    static void replace(
            Connection connection, int route, Collection<SourceAnchor> seen, List<Doubt> doubts)
            throws SQLException {
        if (any(connection, route)) {
            remove(connection, route, seen);
        }
        if (doubts.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO sync_doubt (route, anchor, parity, reason, at_ms) VALUES (?,"
                                + " ?, ?, ?, ?)")) {
            for (Doubt doubt : doubts) {
                insert.setInt(1, route);
                insert.setString(2, doubt.anchor().value());
                insert.setInt(3, code(doubt.parity()));
                insert.setString(4, Text.fit(doubt.reason(), Text.DETAIL));
                insert.setLong(5, doubt.at().toEpochMilli());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void remove(Connection connection, int route, Collection<SourceAnchor> seen)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "DELETE FROM sync_doubt WHERE route = ? AND anchor = ?")) {
            for (SourceAnchor anchor : seen) {
                delete.setInt(1, route);
                delete.setString(2, anchor.value());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static boolean any(Connection connection, int route) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT 1 FROM sync_doubt WHERE route = ? FETCH FIRST ROW ONLY")) {
            statement.setInt(1, route);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    /** Of people who were not met any more, since they are in step no longer. */
    static void removeBefore(Connection connection, int route, Instant time) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM sync_doubt WHERE route = ? AND at_ms < ?")) {
            statement.setInt(1, route);
            statement.setLong(2, time.toEpochMilli());
            statement.executeUpdate();
        }
    }

    static Map<Parity, Long> counts(Connection connection, int route) throws SQLException {
        Map<Parity, Long> counts = new EnumMap<>(Parity.class);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT parity, COUNT(*) FROM sync_doubt WHERE route = ? GROUP BY"
                                + " parity")) {
            statement.setInt(1, route);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    counts.put(parity(result.getInt(1)), result.getLong(2));
                }
            }
        }
        return counts;
    }

    static List<Doubt> list(Connection connection, int route, String after, int limit)
            throws SQLException {
        List<Doubt> doubts = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT anchor, parity, reason, at_ms FROM sync_doubt WHERE route = ? AND"
                                + " anchor > ? ORDER BY route, anchor FETCH FIRST ? ROWS ONLY")) {
            statement.setInt(1, route);
            statement.setString(2, after);
            statement.setInt(3, limit);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    doubts.add(
                            new Doubt(
                                    new SourceAnchor(result.getString(1)),
                                    parity(result.getInt(2)),
                                    result.getString(3),
                                    Instant.ofEpochMilli(result.getLong(4))));
                }
            }
        }
        return doubts;
    }

    static Map<String, Long> reasons(Connection connection, int route, Parity parity, int limit)
            throws SQLException {
        Map<String, Long> reasons = new LinkedHashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT reason, COUNT(*) AS people FROM sync_doubt WHERE route = ? AND"
                                + " parity = ? GROUP BY reason ORDER BY people DESC, reason FETCH"
                                + " FIRST ? ROWS ONLY")) {
            statement.setInt(1, route);
            statement.setInt(2, code(parity));
            statement.setInt(3, limit);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    reasons.put(result.getString(1), result.getLong(2));
                }
            }
        }
        return reasons;
    }

    /** A number once given keeps its meaning. */
    private static int code(Parity parity) {
        return switch (parity) {
            case DIFFERENT -> 1;
            case ABSENT -> 2;
            case UNKNOWN -> 3;
            case SAME, BY_VERSION, MOVING ->
                    throw new IllegalArgumentException(parity + " is no doubt");
        };
    }

    private static Parity parity(int code) throws SQLException {
        return switch (code) {
            case 1 -> Parity.DIFFERENT;
            case 2 -> Parity.ABSENT;
            case 3 -> Parity.UNKNOWN;
            default -> throw new SQLException("parity " + code + " is not known");
        };
    }
}
