/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.database.Text;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The retry queue: anchors that still owe a write. */
final class RetryTable {
    private static final String SELECT =
            "SELECT anchor, version_seq, version_time, attempts, due_ms, reason FROM sync_retry"
                    + " WHERE route = ? AND ";

    private RetryTable() {}

    static List<Retry> due(Connection connection, int route, Instant now, int limit)
            throws SQLException {
        List<Retry> retries = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        SELECT + "due_ms <= ? ORDER BY route, due_ms FETCH FIRST ? ROWS ONLY")) {
            statement.setInt(1, route);
            statement.setLong(2, now.toEpochMilli());
            statement.setInt(3, limit);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    retries.add(retry(result));
                }
            }
        }
        return retries;
    }

    /** Through the primary key in both databases, as in {@link UserTable}. */
    static Set<SourceAnchor> queued(
            Connection connection, int route, Collection<SourceAnchor> anchors)
            throws SQLException {
        Set<SourceAnchor> queued = new HashSet<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT r.anchor FROM UNNEST(?) AS wanted(anchor) LEFT JOIN sync_retry r"
                                + " ON r.route = ? AND r.anchor = wanted.anchor")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "varchar", anchors.stream().map(SourceAnchor::value).toArray()));
            statement.setInt(2, route);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    if (result.getString(1) != null) {
                        queued.add(new SourceAnchor(result.getString(1)));
                    }
                }
            }
        }
        return queued;
    }

    static Optional<Retry> find(Connection connection, int route, SourceAnchor anchor)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + "anchor = ?")) {
            statement.setInt(1, route);
            statement.setString(2, anchor.value());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(retry(result)) : Optional.empty();
            }
        }
    }

    /** Removes the retries of the given users. Returns how many there were. */
    static int remove(Connection connection, int route, Collection<SourceAnchor> anchors)
            throws SQLException {
        int removed = 0;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM sync_retry WHERE route = ? AND anchor = ?")) {
            for (SourceAnchor anchor : anchors) {
                statement.setInt(1, route);
                statement.setString(2, anchor.value());
                statement.addBatch();
            }
            if (!anchors.isEmpty()) {
                for (int count : statement.executeBatch()) {
                    removed += count;
                }
            }
        }
        return removed;
    }

    /** Queues retries of users that have none; the last one of a user counts. Returns how many. */
    static int add(Connection connection, int route, Collection<Retry> retries)
            throws SQLException {
        Map<SourceAnchor, Retry> latest = new LinkedHashMap<>();
        retries.forEach(retry -> latest.put(retry.anchor(), retry));
        if (latest.isEmpty()) {
            return 0;
        }
        Map<SourceAnchor, UserState> known = UserTable.read(connection, route, latest.keySet());
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO sync_retry (route, anchor, version_seq, version_time,"
                                + " attempts, due_ms, reason, held) VALUES (?, ?, ?, ?, ?, ?, ?,"
                                + " ?)")) {
            for (Retry retry : latest.values()) {
                statement.setInt(1, route);
                statement.setString(2, retry.anchor().value());
                statement.setLong(3, retry.version().sequence());
                statement.setLong(4, retry.version().time());
                statement.setInt(5, retry.attempts());
                statement.setLong(6, retry.dueAt().toEpochMilli());
                statement.setString(7, Text.fit(retry.reason(), Text.DETAIL));
                UserState before = known.get(retry.anchor());
                if (before == null) {
                    statement.setNull(8, Types.SMALLINT);
                } else {
                    statement.setInt(8, StandingCode.encode(StandingCode.of(before)));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return latest.size();
    }

    /** Makes everything due. */
    static void hurry(Connection connection, int route, Instant now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE sync_retry SET due_ms = ? WHERE route = ? AND due_ms > ?")) {
            statement.setLong(1, now.toEpochMilli());
            statement.setInt(2, route);
            statement.setLong(3, now.toEpochMilli());
            statement.executeUpdate();
        }
    }

    private static Retry retry(ResultSet result) throws SQLException {
        return new Retry(
                new SourceAnchor(result.getString(1)),
                new ChangeVersion(result.getLong(2), result.getLong(3)),
                result.getInt(4),
                Instant.ofEpochMilli(result.getLong(5)),
                result.getString(6));
    }
}
