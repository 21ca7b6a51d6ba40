/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.RunHistory;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.database.Text;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Run history in one table. */
@Component(name = "io.passbridge.store.jdbc.JdbcRunHistory", service = RunHistory.class)
public final class JdbcRunHistory implements RunHistory {
    private static final String COLUMNS =
            "route, full_run, started_ms, ended_ms, result, changes_read, applied, unchanged,"
                    + " failed, retried, reason, id";

    private final Database database;

    @Activate
    public JdbcRunHistory(@Reference Database database) {
        this.database = database;
    }

    @Override
    public void put(Run run, long fencingToken) throws StoreException {
        database.write(
                connection -> {
                    LeaseTable.require(connection, run.route(), fencingToken);
                    put(connection, run);
                    return null;
                });
    }

    /** Stores a record in a transaction of the caller's. */
    static void put(Connection connection, Run run) throws SQLException {
        int updated =
                execute(
                        connection,
                        "UPDATE sync_run SET "
                                + COLUMNS.replace(", id", "").replace(",", " = ?,")
                                + " = ? WHERE id = ?",
                        run);
        if (updated == 0) {
            execute(
                    connection,
                    "INSERT INTO sync_run ("
                            + COLUMNS
                            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    run);
        }
    }

    @Override
    public long nextId() throws StoreException {
        return database.write(
                connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "UPDATE sync_run_id SET latest = latest + 1 WHERE id = 1")) {
                        statement.executeUpdate();
                    }
                    try (PreparedStatement statement =
                                    connection.prepareStatement(
                                            "SELECT latest FROM sync_run_id WHERE id = 1");
                            ResultSet result = statement.executeQuery()) {
                        result.next();
                        return result.getLong(1);
                    }
                });
    }

    @Override
    public List<Run> list(String route, int limit) throws StoreException {
        return database.read(
                connection -> {
                    List<Run> runs = new ArrayList<>();
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT "
                                            + COLUMNS
                                            + " FROM sync_run"
                                            + (route.isEmpty() ? "" : " WHERE route = ?")
                                            + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY")) {
                        int next = 1;
                        if (!route.isEmpty()) {
                            statement.setString(next++, route);
                        }
                        statement.setInt(next, limit);
                        try (ResultSet result = statement.executeQuery()) {
                            while (result.next()) {
                                runs.add(run(result));
                            }
                        }
                    }
                    return runs;
                });
    }

    @Override
    public int purge(Instant before) throws StoreException {
        return database.write(
                connection ->
                        delete(connection, "ended_ms < ?", before)
                                + delete(
                                        connection,
                                        "ended_ms IS NULL AND started_ms < ? AND id < (SELECT"
                                                + " MAX(later.id) FROM sync_run later WHERE"
                                                + " later.route = sync_run.route)",
                                        before));
    }

    private static int delete(Connection connection, String which, Instant before)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM sync_run WHERE " + which)) {
            statement.setLong(1, before.toEpochMilli());
            return statement.executeUpdate();
        }
    }

    private static int execute(Connection connection, String sql, Run run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, run.route());
            statement.setBoolean(2, run.full());
            statement.setLong(3, run.startedAt().toEpochMilli());
            if (run.endedAt().isPresent()) {
                statement.setLong(4, run.endedAt().get().toEpochMilli());
            } else {
                statement.setNull(4, Types.BIGINT);
            }
            statement.setString(5, run.result().name().toLowerCase(Locale.ROOT));
            statement.setLong(6, run.read());
            statement.setLong(7, run.applied());
            statement.setLong(8, run.unchanged());
            statement.setLong(9, run.failed());
            statement.setLong(10, run.retried());
            statement.setString(11, Text.fit(run.reason(), Text.DETAIL));
            statement.setLong(12, run.id());
            return statement.executeUpdate();
        }
    }

    private static Run run(ResultSet result) throws SQLException {
        long ended = result.getLong(4);
        Optional<Instant> endedAt =
                result.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
        return new Run(
                result.getLong(12),
                result.getString(1),
                result.getBoolean(2),
                Instant.ofEpochMilli(result.getLong(3)),
                endedAt,
                Result.valueOf(result.getString(5).toUpperCase(Locale.ROOT)),
                result.getLong(6),
                result.getLong(7),
                result.getLong(8),
                result.getLong(9),
                result.getLong(10),
                result.getString(11));
    }
}
