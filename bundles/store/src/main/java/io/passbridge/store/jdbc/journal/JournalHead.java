/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The end of the chain.
 *
 * @param latest the last sequence number; 0 before the first record
 * @param hash the last record's hash
 */
record JournalHead(long latest, byte[] hash) {
    private static final String SELECT = "SELECT latest, hash FROM journal_head WHERE id = 1";

    static JournalHead read(Connection connection) throws SQLException {
        return select(connection, SELECT);
    }

    /** Locks the row: one record is written at a time, whoever writes it. */
    static JournalHead lock(Connection connection) throws SQLException {
        return select(connection, SELECT + " FOR UPDATE");
    }

    boolean sameAs(JournalHead other) {
        return latest == other.latest && Arrays.equals(hash, other.hash);
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE journal_head SET latest = ?, hash = ? WHERE id = 1")) {
            statement.setLong(1, latest);
            statement.setBytes(2, hash);
            statement.executeUpdate();
        }
    }

    private static JournalHead select(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            if (!result.next()) {
                throw new SQLException("the row of the journal's head is missing");
            }
            return new JournalHead(result.getLong(1), result.getBytes(2));
        }
    }
}
