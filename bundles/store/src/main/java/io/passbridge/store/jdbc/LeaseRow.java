/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The one row of the writer's lease.
 *
 * @param holder who holds it, or empty
 * @param token the latest fencing token; 0 before the first lease
 * @param until when it ends
 */
record LeaseRow(String holder, long token, Instant until) {
    private static final String SELECT =
            "SELECT holder, token, until_ms FROM writer_lease WHERE id = 1";

    static LeaseRow read(Connection connection) throws SQLException {
        return select(connection, SELECT);
    }

    /** Locks the row until the transaction ends, so that everything that does so is in order. */
    static LeaseRow lock(Connection connection) throws SQLException {
        return select(connection, SELECT + " FOR UPDATE");
    }

    /** Locks the row and refuses any token but the latest. */
    static void require(Connection connection, long token) throws SQLException, StoreException {
        LeaseRow row = lock(connection);
        if (token < 1 || row.token != token) {
            throw new StoreException(
                    Kind.FENCED,
                    "fencing token "
                            + token
                            + " is refused; the latest is "
                            + row.token
                            + (row.holder.isEmpty() ? "" : ", held by " + row.holder)
                            + ". This server stands by until it gets the lease");
        }
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE writer_lease SET holder = ?, token = ?, until_ms = ? WHERE id ="
                                + " 1")) {
            statement.setString(1, holder);
            statement.setLong(2, token);
            statement.setLong(3, until.toEpochMilli());
            statement.executeUpdate();
        }
    }

    boolean isHeldAt(Instant now) {
        return !holder.isEmpty() && now.isBefore(until);
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
