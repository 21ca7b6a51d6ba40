/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.event.Journal.Pruned;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the journal begins since it was pruned.
 *
 * @param latest the last record that is gone; 0 if none is
 * @param hash of the chain there
 * @param newestMillis when that record was written
 * @param prunedMillis when it was removed
 */
record JournalStart(long latest, byte[] hash, long newestMillis, long prunedMillis) {
    /** Nothing is gone. */
    static final JournalStart FIRST = new JournalStart(0, RecordHash.START, 0, 0);

    static JournalStart read(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT latest, hash, newest_ms, pruned_ms FROM journal_start"
                                        + " WHERE id = 1");
                ResultSet result = statement.executeQuery()) {
            return result.next()
                    ? new JournalStart(
                            result.getLong(1),
                            result.getBytes(2),
                            result.getLong(3),
                            result.getLong(4))
                    : FIRST;
        }
    }

    void write(Connection connection) throws SQLException {
        if (execute(
                        connection,
                        "UPDATE journal_start SET latest = ?, hash = ?, newest_ms = ?, pruned_ms"
                                + " = ? WHERE id = 1")
                == 0) {
            execute(
                    connection,
                    "INSERT INTO journal_start (latest, hash, newest_ms, pruned_ms, id) VALUES (?,"
                            + " ?, ?, ?, 1)");
        }
    }

    private int execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, latest);
            statement.setBytes(2, hash);
            statement.setLong(3, newestMillis);
            statement.setLong(4, prunedMillis);
            return statement.executeUpdate();
        }
    }

    String hexHash() {
        return HexFormat.of().formatHex(hash);
    }

    Optional<Pruned> pruned() {
        return latest == 0
                ? Optional.empty()
                : Optional.of(
                        new Pruned(
                                latest,
                                Instant.ofEpochMilli(newestMillis),
                                hexHash(),
                                Instant.ofEpochMilli(prunedMillis)));
    }
}
