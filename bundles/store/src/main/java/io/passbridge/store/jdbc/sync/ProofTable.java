/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.Parity;
import io.passbridge.store.Proofs.Pass;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The passes over a route's people: the one under way and the last one, a row each. */
final class ProofTable {
    /** In the order of the columns. */
    private static final List<Parity> COLUMNS =
            List.of(
                    Parity.SAME,
                    Parity.BY_VERSION,
                    Parity.DIFFERENT,
                    Parity.ABSENT,
                    Parity.MOVING,
                    Parity.UNKNOWN);

    private static final String VALUES =
            "begun_ms, ended_ms, reached, seen_same, seen_by_version, seen_different, seen_absent,"
                    + " seen_moving, seen_unknown";

    private ProofTable() {}

    static Optional<Pass> read(Connection connection, int route, boolean present)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT " + VALUES + " FROM sync_proof WHERE route = ? AND present = ?")) {
            statement.setInt(1, route);
            statement.setBoolean(2, present);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(pass(result)) : Optional.empty();
            }
        }
    }

    private static Pass pass(ResultSet result) throws SQLException {
        Instant begun = Instant.ofEpochMilli(result.getLong(1));
        long ended = result.getLong(2);
        Optional<Instant> end =
                result.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
        Map<Parity, Long> people = new EnumMap<>(Parity.class);
        for (int i = 0; i < COLUMNS.size(); i++) {
            people.put(COLUMNS.get(i), result.getLong(4 + i));
        }
        return new Pass(begun, end, result.getString(3), people);
    }

    /** One that has ended becomes the last one, and none is under way. */
    static void write(Connection connection, int route, Pass pass) throws SQLException {
        boolean present = pass.endedAt().isEmpty();
        delete(connection, route, true);
        if (!present) {
            delete(connection, route, false);
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO sync_proof (route, present, "
                                + VALUES
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            statement.setInt(1, route);
            statement.setBoolean(2, present);
            statement.setLong(3, pass.begunAt().toEpochMilli());
            if (present) {
                statement.setNull(4, Types.BIGINT);
            } else {
                statement.setLong(4, pass.endedAt().get().toEpochMilli());
            }
            statement.setString(5, pass.reached());
            for (int i = 0; i < COLUMNS.size(); i++) {
                statement.setLong(6 + i, pass.of(COLUMNS.get(i)));
            }
            statement.executeUpdate();
        }
    }

    private static void delete(Connection connection, int route, boolean present)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM sync_proof WHERE route = ? AND present = ?")) {
            statement.setInt(1, route);
            statement.setBoolean(2, present);
            statement.executeUpdate();
        }
    }
}
