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
import java.util.Optional;

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

    /** What became of an end that the chain had before: empty if it is still a part of it. */
    Optional<String> missing(Connection connection, JournalHead former) throws SQLException {
        if (sameAs(former)) {
            return Optional.empty();
        }
        if (latest < former.latest) {
            return Optional.of("is gone: the journal ends with record %,d".formatted(latest));
        }
        return former.isPartOfChain(connection)
                ? Optional.empty()
                : Optional.of("is another one now, or missing");
    }

    private boolean isPartOfChain(Connection connection) throws SQLException {
        JournalStart start = JournalStart.read(connection);
        if (latest < start.latest()) {
            return true; // pruned since; what is left of it is the hash at the beginning
        }
        return latest == start.latest()
                ? Arrays.equals(hash, start.hash())
                : JournalRow.hash(connection, latest)
                        .filter(present -> Arrays.equals(present, hash))
                        .isPresent();
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
