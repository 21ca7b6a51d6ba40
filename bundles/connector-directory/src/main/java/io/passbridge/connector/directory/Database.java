/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** The users' database, opened at first use. Thread-safe; one writer at a time. */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    private final Engine engine;
    private final ReentrantLock opening = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile HikariDataSource pool;
    private volatile boolean closed;
    private volatile UserIndex index;

    Database(Engine engine) {
        this.engine = engine;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    Engine engine() {
        return engine;
    }

    /** To be used inside of {@link #read} and {@link #write} only, which open the database. */
    UserIndex index() {
        return index;
    }

    /** Reads; each statement sees what is committed. */
    <T> T read(Work<T> work) throws ConnectorException {
        HikariDataSource used = pool();
        try (Connection connection = used.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            reopenIfEnded(used, e);
            throw SqlFailure.of(engine, e, false);
        }
    }

    /** Writes in one transaction, which is on disk when this returns. */
    <T> T write(Work<T> work) throws ConnectorException {
        boolean committing = false;
        HikariDataSource used = pool();
        writing.lock();
        try (Connection connection = used.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.with(connection);
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
            committing = true;
            connection.commit();
            engine.afterCommit(connection);
            return result;
        } catch (SQLException e) {
            reopenIfEnded(used, e);
            throw SqlFailure.of(engine, e, committing);
        } finally {
            writing.unlock();
        }
    }

    /** A database that ended itself, as on a full disk, is opened anew at its next use. */
    private void reopenIfEnded(HikariDataSource used, SQLException failure) {
        if (!engine.ended(failure)) {
            return;
        }
        opening.lock();
        try {
            if (pool == used) {
                pool = null;
                used.close();
            }
        } finally {
            opening.unlock();
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private HikariDataSource pool() throws ConnectorException {
        HikariDataSource present = pool;
        return present != null ? present : open();
    }

    private HikariDataSource open() throws ConnectorException {
        opening.lock();
        try {
            if (closed) {
                throw new ConnectorException(Kind.UNREACHABLE, engine.name() + " is closed");
            }
            if (pool == null) {
                HikariDataSource opened = connect(CONNECTIONS);
                try {
                    Schema.migrate(opened, engine);
                    index = load(opened);
                } catch (ConnectorException | RuntimeException e) {
                    opened.close();
                    throw e;
                }
                pool = opened;
            }
            return pool;
        } finally {
            opening.unlock();
        }
    }

    private UserIndex load(HikariDataSource opened) throws ConnectorException {
        UserIndex loaded = engine.index();
        try (Connection connection = opened.getConnection()) {
            loaded.load(connection);
            return loaded;
        } catch (SQLException e) {
            throw SqlFailure.of(engine, e, false);
        }
    }

    private HikariDataSource connect(int connections) throws ConnectorException {
        HikariConfig config = engine.pool();
        config.setPoolName("passbridge-directory");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(connections, config.getMinimumIdle()));
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw SqlFailure.of(engine, e);
        } catch (IllegalStateException e) {
            // the account's secret is missing or locked
            throw new ConnectorException(Kind.AUTHENTICATION, e.getMessage());
        }
    }

    /** Reads over a connection of its own, made for this call. */
    <T> T readFresh(Work<T> work) throws ConnectorException {
        pool();
        try (HikariDataSource fresh = connect(1);
                Connection connection = fresh.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw SqlFailure.of(engine, e, false);
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            if (pool != null) {
                pool.close();
            }
        } finally {
            opening.unlock();
        }
    }
}
