/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.database;

import io.passbridge.jdbc.Engine;
import io.passbridge.jdbc.Pool;
import io.passbridge.store.StoreException;
import java.sql.SQLException;

/**
 * The open database. Registered as a service inside this bundle while it is open, so that the
 * services of the store come and go with it. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private final Pool pool;
    private final String name;

    /**
     * @param name the database in words, for messages: never with a secret
     */
    public Database(Pool pool, String name) {
        this.pool = pool;
        this.name = name;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface Work<T> extends Pool.Work<T, StoreException> {}

    public Engine engine() {
        return pool.engine();
    }

    public String name() {
        return name;
    }

    /** Reads; each statement sees what is committed. */
    public <T> T read(Work<T> work) throws StoreException {
        try {
            return pool.read(work);
        } catch (SQLException e) {
            throw Failure.of(name, e);
        }
    }

    /** Writes in one transaction, which is on disk when this returns. */
    public <T> T write(Work<T> work) throws StoreException {
        try {
            return pool.write(work);
        } catch (SQLException e) {
            throw Failure.of(name, e);
        }
    }

    /** Whether the database has ended itself; it then has to be closed, and opened anew. */
    public boolean ended() {
        return pool.ended();
    }

    @Override
    public void close() {
        pool.close();
    }
}
