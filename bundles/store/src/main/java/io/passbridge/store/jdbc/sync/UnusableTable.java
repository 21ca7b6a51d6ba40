/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.database.Text;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a route's source could not make users of. */
final class UnusableTable {
    private static final int PLACE = 1_000;
    private static final int NAME = 255;

    private UnusableTable() {}

    /** Under the lease's lock. */
    static void write(Connection connection, int route, UnusableReport report) throws SQLException {
        if (report.startsOver()) {
            clear(connection, route);
        }
        if (report.items().isEmpty()) {
            return;
        }
        Map<String, UnusableItem> items = new LinkedHashMap<>();
        report.items().forEach(item -> items.put(Text.fit(item.place(), PLACE), item));
        Map<SourceAnchor, UserState> known = known(connection, route, items.values());
        delete(connection, route, "place", items.keySet());
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO sync_unusable (route, place, name, anchor, held, reason)"
                                + " VALUES (?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<String, UnusableItem> entry : items.entrySet()) {
                UnusableItem item = entry.getValue();
                insert.setInt(1, route);
                insert.setString(2, entry.getKey());
                insert.setString(3, Text.fit(item.name(), NAME));
                insert.setString(4, item.anchor().map(SourceAnchor::value).orElse(null));
                UserState before = item.anchor().map(known::get).orElse(null);
                if (before == null) {
                    insert.setNull(5, Types.SMALLINT);
                } else {
                    insert.setInt(5, StandingCode.encode(StandingCode.of(before)));
                }
                insert.setString(6, Text.fit(item.reason(), Text.DETAIL));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Map<SourceAnchor, UserState> known(
            Connection connection, int route, Collection<UnusableItem> items) throws SQLException {
        List<SourceAnchor> anchors = items.stream().flatMap(i -> i.anchor().stream()).toList();
        return anchors.isEmpty() ? Map.of() : UserTable.read(connection, route, anchors);
    }

    /** Users who have an outcome or a retry are usable again. */
    static void mended(Connection connection, int route, Collection<SourceAnchor> users)
            throws SQLException {
        if (!users.isEmpty() && any(connection, route)) {
            delete(connection, route, "anchor", users.stream().map(SourceAnchor::value).toList());
        }
    }

    private static boolean any(Connection connection, int route) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT 1 FROM sync_unusable WHERE route = ? AND anchor IS NOT NULL FETCH"
                                + " FIRST ROW ONLY")) {
            statement.setInt(1, route);
            return statement.executeQuery().next();
        }
    }

    private static void delete(
            Connection connection, int route, String column, Collection<String> values)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "DELETE FROM sync_unusable WHERE route = ? AND " + column + " = ?")) {
            for (String value : values) {
                delete.setInt(1, route);
                delete.setString(2, value);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static void clear(Connection connection, int route) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM sync_unusable WHERE route = ?")) {
            delete.setInt(1, route);
            delete.executeUpdate();
        }
    }
}
