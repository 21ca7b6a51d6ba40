/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Removes the journal's oldest records. First a record of the chain says what is going to be
 * removed and with which hash it ends, in one transaction with the new beginning; the rows go
 * afterwards, some at a time, and nobody reads them any more. A kill in between leaves rows that
 * the next pruning takes.
 */
final class Pruning {
    private static final String SUBJECT = "journal";
    private static final int CHUNK = 5_000;

    private final JdbcJournal journal;
    private final Database database;

    Pruning(JdbcJournal journal, Database database) {
        this.journal = journal;
        this.database = database;
    }

    /**
     * What is to stay.
     *
     * @param from everything that was written at this time or later, and what follows that
     * @param records at most so many of the newest ones; {@link Long#MAX_VALUE} for any number
     * @param oldest everything from this record on, whatever the others say
     */
    record Kept(Instant from, long records, long oldest) {}

    /** Returns how many records went. */
    long run(Kept kept) throws StoreException {
        long removed = database.write(connection -> mark(connection, kept));
        JournalStart start = database.read(JournalStart::read);
        while (database.write(connection -> remove(connection, start.latest())) == CHUNK) {
            // so that writers come between
        }
        return removed;
    }

    private long mark(Connection connection, Kept kept) throws SQLException {
        JournalHead head = JournalHead.lock(connection);
        JournalStart before = JournalStart.read(connection);
        long last = last(connection, before, head, kept);
        if (last <= before.latest()) {
            return 0;
        }
        long removed = last - before.latest();
        JournalStart start = start(connection, last);
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.COUNT, "" + removed);
        facts.put(Fact.LAST_RECORD, "" + last);
        facts.put(Fact.HASH, start.hexHash());
        facts.put(Fact.NEWEST, Instant.ofEpochMilli(start.newestMillis()).toString());
        journal.record(connection, EventType.JOURNAL_PRUNED, SUBJECT, facts);
        start.write(connection);
        return removed;
    }

    /** The last record that is to go; read in order, so that a clock that jumped takes nothing. */
    private static long last(
            Connection connection, JournalStart before, JournalHead head, Kept kept)
            throws SQLException {
        long most = Math.min(head.latest(), kept.oldest() - 1);
        long byNumber =
                kept.records() == Long.MAX_VALUE
                        ? before.latest()
                        : Math.min(most, head.latest() - kept.records());
        long last = Math.max(before.latest(), byNumber);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT seq, at_ms FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq")) {
            statement.setFetchSize(CHUNK);
            statement.setLong(1, last);
            statement.setLong(2, Math.min(most, last + 20L * CHUNK));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next() && result.getLong(2) < kept.from().toEpochMilli()) {
                    last = result.getLong(1);
                }
            }
        }
        return last;
    }

    private JournalStart start(Connection connection, long last) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT hash, at_ms FROM journal WHERE seq = ?")) {
            statement.setLong(1, last);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new SQLException(
                            "record " + last + " of the journal is missing; nothing was pruned");
                }
                return new JournalStart(
                        last,
                        result.getBytes(1),
                        result.getLong(2),
                        database.engine().now(connection).toEpochMilli());
            }
        }
    }

    private static int remove(Connection connection, long last) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM journal WHERE seq <= ? AND seq < (SELECT MIN(seq) FROM"
                                + " journal) + "
                                + CHUNK)) {
            statement.setLong(1, last);
            return statement.executeUpdate();
        }
    }
}
