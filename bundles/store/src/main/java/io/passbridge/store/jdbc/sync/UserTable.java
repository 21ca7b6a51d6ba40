/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.database.Text;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last outcome of each user of a route. */
final class UserTable {
    private static final String INSERT =
            "INSERT INTO sync_user (version_seq, version_time, state, outcome, at_ms, detail, id,"
                    + " anchor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE sync_user SET version_seq = ?, version_time = ?, state = ?, outcome = ?, at_ms"
                    + " = ?, detail = ? WHERE id = ?";

    /**
     * An outer join, because both databases then go from key to key through the primary key,
     * however old their statistics are.
     */
    private static final String SELECT =
            "SELECT wanted.id, anchor, version_seq, version_time, state, outcome, at_ms, detail"
                    + " FROM UNNEST(?) AS wanted(id) LEFT JOIN sync_user u ON u.id = wanted.id";

    private UserTable() {}

    /** The place of a user: the state that stands there, or none if the place is free. */
    private record Place(long key, Optional<UserState> state) {}

    static Map<SourceAnchor, UserState> read(
            Connection connection, int route, Collection<SourceAnchor> anchors)
            throws SQLException {
        Map<SourceAnchor, UserState> states = new HashMap<>();
        places(connection, route, anchors)
                .forEach(
                        (anchor, place) ->
                                place.state.ifPresent(state -> states.put(anchor, state)));
        return states;
    }

    /**
     * Stores states; the last one of a user counts. Under the lease's lock, so that what is read
     * here stays true until the transaction ends.
     *
     * @return by how much the number of users with each standing has changed
     */
    static Map<Standing, Long> write(Connection connection, int route, Collection<UserState> users)
            throws SQLException {
        Map<SourceAnchor, UserState> latest = new LinkedHashMap<>();
        users.forEach(user -> latest.put(user.anchor(), user));
        // neighbours in the tree are written one after the other
        List<Map.Entry<SourceAnchor, Place>> places =
                places(connection, route, latest.keySet()).entrySet().stream()
                        .sorted(Comparator.comparingLong(entry -> entry.getValue().key))
                        .toList();
        Map<Standing, Long> changes = new EnumMap<>(Standing.class);
        try (PreparedStatement update = connection.prepareStatement(UPDATE);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            int updates = 0;
            int inserts = 0;
            for (Map.Entry<SourceAnchor, Place> entry : places) {
                UserState user = latest.get(entry.getKey());
                Optional<UserState> before = entry.getValue().state;
                if (before.isPresent()) {
                    set(update, entry.getValue().key, user);
                    update.addBatch();
                    updates++;
                    changes.merge(StandingCode.of(before.get()), -1L, Long::sum);
                } else {
                    set(insert, entry.getValue().key, user);
                    insert.setString(8, user.anchor().value());
                    insert.addBatch();
                    inserts++;
                }
                changes.merge(StandingCode.of(user), 1L, Long::sum);
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

    private static Map<SourceAnchor, Place> places(
            Connection connection, int route, Collection<SourceAnchor> anchors)
            throws SQLException {
        Map<SourceAnchor, Place> places = new HashMap<>();
        Map<Long, SourceAnchor> claimed = new HashMap<>();
        Collection<SourceAnchor> open = anchors;
        for (int step = 0; !open.isEmpty(); step++) {
            Map<SourceAnchor, Long> keys = new LinkedHashMap<>();
            for (SourceAnchor anchor : open) {
                keys.put(anchor, UserKey.of(route, anchor, step));
            }
            Map<Long, UserState> found = find(connection, keys.values());
            keys.forEach(
                    (anchor, key) -> {
                        UserState state = found.get(key);
                        boolean free = state == null && claimed.putIfAbsent(key, anchor) == null;
                        if (free || state != null && state.anchor().equals(anchor)) {
                            places.put(anchor, new Place(key, Optional.ofNullable(state)));
                        }
                    });
            open = keys.keySet().stream().filter(anchor -> !places.containsKey(anchor)).toList();
        }
        return places;
    }

    private static Map<Long, UserState> find(Connection connection, Collection<Long> keys)
            throws SQLException {
        Map<Long, UserState> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setArray(1, connection.createArrayOf("bigint", keys.toArray()));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    if (result.getString(2) != null) {
                        found.put(result.getLong(1), state(result));
                    }
                }
            }
        }
        return found;
    }

    private static void set(PreparedStatement statement, long key, UserState user)
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
        statement.setLong(7, key);
    }

    private static UserState state(ResultSet result) throws SQLException {
        String detail = result.getString(8);
        return new UserState(
                new SourceAnchor(result.getString(2)),
                new ChangeVersion(result.getLong(3), result.getLong(4)),
                AccountState.ofBits(result.getInt(5)),
                OutcomeCode.decode(result.getInt(6)),
                detail == null ? "" : detail,
                Instant.ofEpochMilli(result.getLong(7)));
    }
}
