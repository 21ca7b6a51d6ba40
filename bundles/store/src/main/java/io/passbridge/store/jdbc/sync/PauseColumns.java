/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.SyncState.Pause;
import io.passbridge.store.jdbc.database.Text;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;

/** The columns of a route's row that tell that it is paused. */
final class PauseColumns {
    private PauseColumns() {}

    static Optional<Pause> read(Connection connection, String route) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT paused_ms, pause_reason, pause_deletions FROM sync_route WHERE"
                                + " name = ? AND paused_ms IS NOT NULL")) {
            statement.setString(1, route);
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? Optional.of(
                                new Pause(
                                        Instant.ofEpochMilli(result.getLong(1)),
                                        result.getString(2),
                                        result.getBoolean(3)))
                        : Optional.empty();
            }
        }
    }

    static void write(Connection connection, int route, Optional<Pause> pause) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE sync_route SET paused_ms = ?, pause_reason = ?, pause_deletions ="
                                + " ? WHERE id = ?")) {
            if (pause.isPresent()) {
                statement.setLong(1, pause.get().since().toEpochMilli());
                statement.setString(2, Text.fit(pause.get().reason(), Text.DETAIL));
                statement.setBoolean(3, pause.get().deletions());
            } else {
                statement.setNull(1, Types.BIGINT);
                statement.setNull(2, Types.VARCHAR);
                statement.setNull(3, Types.BOOLEAN);
            }
            statement.setInt(4, route);
            statement.executeUpdate();
        }
    }
}
