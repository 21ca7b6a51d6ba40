/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The connections of an open database. Thread-safe. */
public final class Pool implements AutoCloseable {
    static final long TIMEOUT_MILLIS = 5_000;

    private final HikariDataSource source;
    private final Engine engine;
    private volatile boolean ended;

    Pool(HikariDataSource source, Engine engine) {
        this.source = source;
        this.engine = engine;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T with(Connection connection) throws SQLException, X;
    }

    public Engine engine() {
        return engine;
    }

    DataSource source() {
        return source;
    }

    /** Reads; each statement sees what is committed. */
    public <T, X extends Exception> T read(Work<T, X> work) throws SQLException, X {
        try (Connection connection = source.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw noted(e);
        }
    }

    /**
     * Writes in one transaction, which is on disk when this returns.
     *
     * @throws CommitException if it failed so late that it may be on disk nevertheless
     */
    public <T, X extends Exception> T write(Work<T, X> work) throws SQLException, X {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                commit(connection);
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw noted(e);
        }
    }

    private void commit(Connection connection) throws CommitException {
        try {
            connection.commit();
            engine.afterCommit(connection);
        } catch (SQLException e) {
            throw new CommitException(e);
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private SQLException noted(SQLException e) {
        ended |= engine.ended(e);
        return e;
    }

    /** Whether the database has ended itself; it then has to be closed, and opened anew. */
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        source.close();
    }
}
