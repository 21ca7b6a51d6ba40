/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Clears away users of routes that are no longer there, a bounded number in a transaction. A kill
 * in between leaves rows that nothing reads; the next clearing takes them.
 */
public final class ForgottenRoutes {
    private static final int CHUNK = 5_000;
    private static final String FROM = " FROM sync_user WHERE id >= ? AND id < ?";

    private ForgottenRoutes() {}

    public static void clear(Database database) throws StoreException {
        for (int route : database.read(ForgottenRoutes::orphans)) {
            long end = UserKey.first(route + 1);
            long from = UserKey.first(route);
            while (from < end) {
                long start = from;
                from = database.write(connection -> clear(connection, start, end));
            }
        }
    }

    /** Routes without a row of their own, found by hopping from route to route along the keys. */
    private static List<Integer> orphans(Connection connection) throws SQLException {
        List<Integer> orphans = new ArrayList<>();
        long from = 0;
        while (true) {
            OptionalLong key = key(connection, from, Long.MAX_VALUE, 0);
            if (key.isEmpty()) {
                return orphans;
            }
            int route = UserKey.route(key.getAsLong());
            if (!RouteTable.exists(connection, route)) {
                orphans.add(route);
            }
            if (route == UserKey.MAX_ROUTE) {
                return orphans;
            }
            from = UserKey.first(route + 1);
        }
    }

    /** Removes the first users of a range; returns where the rest begins. */
    private static long clear(Connection connection, long from, long end) throws SQLException {
        long to = key(connection, from, end, CHUNK).orElse(end);
        try (PreparedStatement statement = connection.prepareStatement("DELETE" + FROM)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            statement.executeUpdate();
        }
        return to;
    }

    private static OptionalLong key(Connection connection, long from, long end, int offset)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT id"
                                + FROM
                                + " ORDER BY id OFFSET "
                                + offset
                                + " ROWS FETCH FIRST ROW ONLY")) {
            statement.setLong(1, from);
            statement.setLong(2, end);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? OptionalLong.of(result.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}
