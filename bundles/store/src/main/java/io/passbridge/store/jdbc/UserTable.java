/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.UserState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last outcome of each user of a route. */
final class UserTable {
    private static final String COLUMNS =
            "version_seq = ?, version_time = ?, state = ?, outcome = ?, at_ms = ?, detail = ?";

    private UserTable() {}

    static Map<SourceAnchor, UserState> read(
            Connection connection, int route, Collection<SourceAnchor> anchors)
            throws SQLException {
        Map<SourceAnchor, UserState> states = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT anchor, version_seq, version_time, state, outcome, at_ms, detail"
                                + " FROM sync_user WHERE route = ? AND anchor = ANY(?)")) {
            for (String[] some : Anchors.chunks(anchors)) {
                Anchors.set(statement, route, some);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        UserState state = state(result);
                        states.put(state.anchor(), state);
                    }
                }
            }
        }
        return states;
    }

    /**
     * Stores states; the last one of a user counts. Under the lease's lock, so that what is read
     * here stays true until the transaction ends.
     *
     * @return by how much the number of users with each outcome has changed
     */
    static Map<Outcome, Long> write(Connection connection, int route, Collection<UserState> users)
            throws SQLException {
        Map<SourceAnchor, UserState> latest = new LinkedHashMap<>();
        users.forEach(user -> latest.put(user.anchor(), user));
        Map<SourceAnchor, Outcome> before = outcomes(connection, route, latest.keySet());
        Map<Outcome, Long> changes = new EnumMap<>(Outcome.class);
        try (PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE sync_user SET "
                                        + COLUMNS
                                        + " WHERE route = ? AND anchor = ?");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO sync_user (version_seq, version_time, state, outcome,"
                                        + " at_ms, detail, route, anchor) VALUES (?, ?, ?, ?, ?, ?,"
                                        + " ?, ?)")) {
            int updates = 0;
            int inserts = 0;
            for (UserState user : latest.values()) {
                Outcome old = before.get(user.anchor());
                if (old == null) {
                    add(insert, route, user);
                    inserts++;
                } else {
                    add(update, route, user);
                    updates++;
                    changes.merge(old, -1L, Long::sum);
                }
                changes.merge(user.outcome(), 1L, Long::sum);
            }
            if (updates > 0) {
                update.executeBatch();
            }
            if (inserts > 0) {
                insert.executeBatch();
            }
        }
        return changes;
    }

    private static Map<SourceAnchor, Outcome> outcomes(
            Connection connection, int route, Collection<SourceAnchor> anchors)
            throws SQLException {
        Map<SourceAnchor, Outcome> outcomes = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT anchor, outcome FROM sync_user WHERE route = ? AND anchor ="
                                + " ANY(?)")) {
            for (String[] some : Anchors.chunks(anchors)) {
                Anchors.set(statement, route, some);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        outcomes.put(
                                new SourceAnchor(result.getString(1)),
                                OutcomeCode.decode(result.getInt(2)));
                    }
                }
            }
        }
        return outcomes;
    }

    private static void add(PreparedStatement statement, int route, UserState user)
            throws SQLException {
        statement.setLong(1, user.version().sequence());
        statement.setLong(2, user.version().time());
        statement.setInt(3, user.state().toBits());
        statement.setInt(4, OutcomeCode.encode(user.outcome()));
        statement.setLong(5, user.at().toEpochMilli());
        if (user.detail().isEmpty()) {
            statement.setNull(6, Types.VARCHAR);
        } else {
            statement.setString(6, Text.fit(user.detail(), Text.DETAIL));
        }
        statement.setInt(7, route);
        statement.setString(8, user.anchor().value());
        statement.addBatch();
    }

    private static UserState state(ResultSet result) throws SQLException {
        String detail = result.getString(7);
        return new UserState(
                new SourceAnchor(result.getString(1)),
                new ChangeVersion(result.getLong(2), result.getLong(3)),
                AccountState.ofBits(result.getInt(4)),
                OutcomeCode.decode(result.getInt(5)),
                detail == null ? "" : detail,
                Instant.ofEpochMilli(result.getLong(6)));
    }
}
