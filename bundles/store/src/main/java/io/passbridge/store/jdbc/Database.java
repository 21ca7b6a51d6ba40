/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.passbridge.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The open database. Registered as a service inside this bundle while it is open, so that the
 * services of the store come and go with it. Thread-safe.
 */
final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final Engine engine;
    private final String name;
    private volatile boolean ended;

    /**
     * @param name the database in words, for messages: never with a secret
     */
    Database(HikariDataSource pool, Engine engine, String name) {
        this.pool = pool;
        this.engine = engine;
        this.name = name;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException, StoreException;
    }

    Engine engine() {
        return engine;
    }

    String name() {
        return name;
    }

    /** Reads; each statement sees what is committed. */
    <T> T read(Work<T> work) throws StoreException {
        try (Connection connection = pool.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Writes in one transaction, which is on disk when this returns. */
    <T> T write(Work<T> work) throws StoreException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.with(connection);
                connection.commit();
            } catch (SQLException | StoreException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
            engine.afterCommit(connection);
            return result;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private StoreException failure(SQLException e) {
        ended |= engine.ended(e);
        return Failure.of(name, e);
    }

    /** Whether the database has ended itself; it then has to be closed, and opened anew. */
    boolean ended() {
        return ended;
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
