/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The journal as a table whose records are chained by their hashes. */
@Component(name = "io.passbridge.store.jdbc.JdbcJournal", service = Journal.class)
public final class JdbcJournal implements Journal {
    private static final int MOST = 10_000;

    /** What is about to be removed is gone already. */
    private static final String THERE =
            "seq > COALESCE((SELECT latest FROM journal_start WHERE id = 1), 0)";

    private static final String SUBJECT = "journal";

    private final Database database;

    /** The last record that was written here. */
    private volatile JournalHead written = new JournalHead(0, RecordHash.START);

    @Activate
    public JdbcJournal(@Reference Database database) {
        this.database = database;
    }

    @Override
    public long record(EventType type, String subject, Map<Fact, String> facts)
            throws JournalException {
        assert named(type, facts);
        try {
            JournalHead end =
                    database.write(
                            connection -> {
                                noteLoss(connection);
                                return record(connection, type, subject, facts);
                            });
            written = end;
            return end.latest();
        } catch (StoreException e) {
            throw new JournalException(
                    "event " + type.number() + " cannot be journalled: " + e.getMessage(), e);
        }
    }

    /** For tests; in production what is told counts for more than the catalogue. */
    private static boolean named(EventType type, Map<Fact, String> facts) {
        type.require(facts.keySet());
        return true;
    }

    /** A database that took this one's place may lack what was written here last. */
    private void noteLoss(Connection connection) throws SQLException {
        JournalHead before = written;
        Optional<String> how = JournalHead.lock(connection).missing(connection, before);
        if (how.isPresent()) {
            String reason =
                    "record %,d, which this server wrote, %s".formatted(before.latest(), how.get());
            record(connection, EventType.STORE_BEHIND, SUBJECT, Map.of(Fact.REASON, reason));
        }
    }

    /** Writes a record in a transaction of the caller's; the new end. */
    JournalHead record(
            Connection connection, EventType type, String subject, Map<Fact, String> facts)
            throws SQLException {
        JournalHead head = JournalHead.lock(connection);
        JournalRow row =
                JournalRow.of(
                        head.latest() + 1, database.engine().now(connection), type, subject, facts);
        byte[] hash = RecordHash.of(head.hash(), row);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO journal ("
                                + JournalRow.COLUMNS
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            row.insert(statement, hash);
        }
        JournalHead end = new JournalHead(row.sequence(), hash);
        end.write(connection);
        return end;
    }

    @Override
    public List<JournalRecord> list(JournalFilter filter, int limit) throws JournalException {
        List<Object> parameters = new ArrayList<>();
        StringBuilder where = new StringBuilder(" WHERE " + THERE);
        if (!filter.numbers().isEmpty()) {
            where.append(" AND number IN (?")
                    .append(", ?".repeat(filter.numbers().size() - 1))
                    .append(')');
            parameters.addAll(filter.numbers());
        }
        if (!filter.subject().isEmpty()) {
            where.append(" AND POSITION(? IN subject) > 0");
            parameters.add(filter.subject());
        }
        filter.since()
                .ifPresent(
                        since -> {
                            where.append(" AND at_ms >= ?");
                            parameters.add(since.toEpochMilli());
                        });
        return select(where + " ORDER BY seq DESC", parameters, limit);
    }

    @Override
    public Optional<Pruned> pruned() throws JournalException {
        try {
            return database.read(JournalStart::read).pruned();
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<JournalRecord> after(long sequence, int limit) throws JournalException {
        return select(" WHERE seq > ? AND " + THERE + " ORDER BY seq", List.of(sequence), limit);
    }

    @Override
    public Verification verify() throws JournalException {
        try {
            return new ChainCheck(database).run();
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    private List<JournalRecord> select(String clauses, List<Object> parameters, int limit)
            throws JournalException {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit " + limit + " is not within 1 to " + MOST);
        }
        String sql =
                "SELECT "
                        + JournalRow.COLUMNS
                        + " FROM journal"
                        + clauses
                        + " FETCH FIRST ? ROWS ONLY";
        try {
            return database.read(
                    connection -> {
                        List<JournalRecord> records = new ArrayList<>();
                        try (PreparedStatement statement = connection.prepareStatement(sql)) {
                            int next = 1;
                            for (Object parameter : parameters) {
                                statement.setObject(next++, parameter);
                            }
                            statement.setInt(next, limit);
                            try (ResultSet result = statement.executeQuery()) {
                                while (result.next()) {
                                    records.add(
                                            JournalRow.read(result).toRecord(result.getBytes(9)));
                                }
                            }
                        }
                        return records;
                    });
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    private static JournalException unreadable(StoreException e) {
        return new JournalException("the journal cannot be read: " + e.getMessage(), e);
    }
}
