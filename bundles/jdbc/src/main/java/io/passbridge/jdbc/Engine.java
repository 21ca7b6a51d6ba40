/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.h2.api.ErrorCode;

/** What differs between the databases. */
public enum Engine {
    /**
     * H2 inside this process. Its own commit hands the change to a background writer, so every
     * write is followed by a checkpoint that is forced to disk: what was committed survives a kill
     * and, as far as the disk keeps its promise, a loss of power.
     */
    H2("h2") {
        @Override
        public Instant now(Connection connection) {
            return Instant.now();
        }

        @Override
        public String bit(String column, int mask) {
            return "BITAND(%s, %d) <> 0".formatted(column, mask);
        }

        @Override
        public boolean takesWrites(Connection connection) {
            return true;
        }

        @Override
        boolean wasInTheWay(SQLException failure) {
            return false;
        }

        @Override
        void afterCommit(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
        }

        @Override
        boolean ended(SQLException failure) {
            return failure.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED
                    || failure.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN;
        }
    },

    /** PostgreSQL; its commit is durable by itself. */
    POSTGRESQL("postgresql") {
        @Override
        public Instant now(Connection connection) throws SQLException {
            // not CURRENT_TIMESTAMP, which stands still while a transaction waits for a lock
            try (var statement = connection.createStatement();
                    var result =
                            statement.executeQuery(
                                    "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS"
                                            + " BIGINT)")) {
                result.next();
                return Instant.ofEpochMilli(result.getLong(1));
            }
        }

        @Override
        public String bit(String column, int mask) {
            return "(%s & %d) <> 0".formatted(column, mask);
        }

        @Override
        public boolean takesWrites(Connection connection) throws SQLException {
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery("SHOW transaction_read_only")) {
                return result.next() && result.getString(1).equals("off");
            }
        }

        @Override
        boolean wasInTheWay(SQLException failure) {
            return SERIALIZATION_FAILURE.equals(failure.getSQLState())
                    || DEADLOCK.equals(failure.getSQLState());
        }

        @Override
        void afterCommit(Connection connection) {
            // nothing is left to be done
        }

        @Override
        boolean ended(SQLException failure) {
            // the pool replaces connections that a restart of the server has broken
            return false;
        }
    };

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    private final String folder;

    Engine(String folder) {
        this.folder = folder;
    }

    /** The folder of the scripts among those of a schema. */
    public String folder() {
        return folder;
    }

    /** The database's own time. */
    public abstract Instant now(Connection connection) throws SQLException;

    /** The condition that one of a mask's bits is set. */
    public abstract String bit(String column, int mask);

    /** Whether the database takes writes at present; one that does not may still answer. */
    public abstract boolean takesWrites(Connection connection) throws SQLException;

    /** Whether a transaction was rolled back for the sake of another, and may succeed now. */
    abstract boolean wasInTheWay(SQLException failure);

    /** Makes durable what the connection has just committed. */
    abstract void afterCommit(Connection connection) throws SQLException;

    /**
     * Whether the database has ended itself, so that no connection will work again: H2 does so if
     * it cannot write, and its connections go on looking alive.
     */
    abstract boolean ended(SQLException failure);

    /** Whether a failure says that the file is not what was written. */
    static boolean damaged(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
                return true;
            }
        }
        return false;
    }
}
