/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The one row that was the lease of earlier releases. Its lock orders what happens to leases, and
 * once {@link #SHARED} stands in it, servers of those releases write nothing more.
 *
 * @param holder who holds it, or empty
 * @param token the latest fencing token; 0 before the first lease
 * @param until when it ends
 */
public record LeaseRow(String holder, long token, Instant until) {
    /** Told by servers of earlier releases as who holds the lease. */
    static final String SHARED = "several servers of a later release";

    private static final Instant FOR_EVER = Instant.parse("9999-12-31T23:59:59Z");

    private static final String SELECT =
            "SELECT holder, token, until_ms FROM writer_lease WHERE id = 1";

    public static LeaseRow read(Connection connection) throws SQLException {
        return select(connection, SELECT);
    }

    /** Locks the row until the transaction ends, so that everything that does so is in order. */
    static LeaseRow lock(Connection connection) throws SQLException {
        return select(connection, SELECT + " FOR UPDATE");
    }

    /** Fences every server of an earlier release out, for good. On a row that is locked. */
    void share(Connection connection) throws SQLException {
        if (holder.equals(SHARED)) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE writer_lease SET holder = ?, token = ?, until_ms = ? WHERE id ="
                                + " 1")) {
            statement.setString(1, SHARED);
            statement.setLong(2, token + 1);
            statement.setLong(3, FOR_EVER.toEpochMilli());
            statement.executeUpdate();
        }
    }

    /** The server of an earlier release that holds the lease, if one does. */
    Optional<String> elder(Instant now) {
        boolean held = !holder.isEmpty() && now.isBefore(until);
        return held && !holder.equals(SHARED) ? Optional.of(holder) : Optional.empty();
    }

    private static LeaseRow select(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            if (!result.next()) {
                throw new SQLException("the row of the writer's lease is missing");
            }
            return new LeaseRow(
                    result.getString(1),
                    result.getLong(2),
                    Instant.ofEpochMilli(result.getLong(3)));
        }
    }
}
