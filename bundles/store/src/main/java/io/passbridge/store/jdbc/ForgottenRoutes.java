/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Clears away users and retries of routes that are no longer there, a bounded number in a
 * transaction. A kill in between leaves rows that nothing reads; the next clearing takes them.
 */
final class ForgottenRoutes {
    private static final int CHUNK = 5_000;

    private ForgottenRoutes() {}

    static void clear(Database database) throws StoreException {
        for (String table : new String[] {"sync_user", "sync_retry"}) {
            for (int route : database.read(connection -> orphans(connection, table))) {
                int removed;
                do {
                    removed = database.write(connection -> remove(connection, table, route));
                } while (removed == CHUNK);
            }
        }
    }

    /** Ids without a route, found by hopping from id to id along the primary key. */
    private static List<Integer> orphans(Connection connection, String table) throws SQLException {
        List<Integer> orphans = new ArrayList<>();
        try (PreparedStatement next =
                        connection.prepareStatement(
                                "SELECT route FROM "
                                        + table
                                        + " WHERE route > ? ORDER BY route FETCH FIRST ROW ONLY");
                PreparedStatement known =
                        connection.prepareStatement("SELECT 1 FROM sync_route WHERE id = ?")) {
            next.setInt(1, Integer.MIN_VALUE);
            while (true) {
                int route;
                try (ResultSet result = next.executeQuery()) {
                    if (!result.next()) {
                        return orphans;
                    }
                    route = result.getInt(1);
                }
                known.setInt(1, route);
                try (ResultSet result = known.executeQuery()) {
                    if (!result.next()) {
                        orphans.add(route);
                    }
                }
                next.setInt(1, route);
            }
        }
    }

    /** Removes users in the order of the primary key, up to the last one of a chunk. */
    private static int remove(Connection connection, String table, int route) throws SQLException {
        String last = null;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT anchor FROM "
                                + table
                                + " WHERE route = ? ORDER BY route, anchor OFFSET "
                                + (CHUNK - 1)
                                + " ROWS FETCH FIRST ROW ONLY")) {
            statement.setInt(1, route);
            try (ResultSet result = statement.executeQuery()) {
                if (result.next()) {
                    last = result.getString(1);
                }
            }
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM "
                                + table
                                + " WHERE route = ?"
                                + (last == null ? "" : " AND anchor <= ?"))) {
            statement.setInt(1, route);
            if (last != null) {
                statement.setString(2, last);
            }
            return statement.executeUpdate();
        }
    }
}
