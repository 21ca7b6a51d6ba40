/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** The connections of an open database. Thread-safe. */
public final class Pool implements AutoCloseable {
    static final long TIMEOUT_MILLIS = 5_000;
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final HikariDataSource source;
    private final Engine engine;
    private volatile boolean ended;
    private volatile Away away;

    /** Nobody could connect: who asks shortly afterwards is told so at once, not after a wait. */
    private record Away(SQLException why, long untilNanos) {}

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
        try (Connection connection = connection()) {
            return looked(connection, work);
        } catch (SQLException e) {
            throw noted(e);
        }
    }

    /**
     * Writes in one transaction, which is on disk when this returns. The work is done again if
     * another transaction was in its way, so it must change nothing but the database.
     *
     * @throws CommitException if it failed so late that it may be on disk nevertheless
     */
    public <T, X extends Exception> T write(Work<T, X> work) throws SQLException, X {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connection()) {
                return transaction(connection, work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !engine.wasInTheWay(e)) {
                    throw noted(e);
                }
            }
            // not all at the same time again
            LockSupport.parkNanos(attempt * ThreadLocalRandom.current().nextLong(PAUSE_NANOS));
        }
    }

    private Connection connection() throws SQLException {
        Away known = away;
        if (known != null
                && System.nanoTime() - known.untilNanos() < 0
                && source.getHikariPoolMXBean().getTotalConnections() == 0) {
            throw new SQLTransientConnectionException(
                    known.why().getMessage(), known.why().getSQLState(), known.why());
        }
        try {
            return source.getConnection();
        } catch (SQLTransientConnectionException e) {
            if (source.getHikariPoolMXBean().getTotalConnections() == 0) {
                away = new Away(e, System.nanoTime() + AWAY_NANOS);
            }
            throw e;
        }
    }

    private <T, X extends Exception> T transaction(Connection connection, Work<T, X> work)
            throws SQLException, X {
        connection.setAutoCommit(false);
        try {
            T result = looked(connection, work);
            commit(connection);
            return result;
        } catch (Throwable e) {
            rollback(connection, e);
            throw e;
        }
    }

    /** A connection to a database that takes no writes makes way for one to another host. */
    private <T, X extends Exception> T looked(Connection connection, Work<T, X> work)
            throws SQLException, X {
        try {
            return work.with(connection);
        } catch (SQLException e) {
            if (ReadOnly.is(e)) {
                source.evictConnection(connection);
            }
            throw e;
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
