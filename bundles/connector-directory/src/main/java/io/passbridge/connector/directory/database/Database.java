/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.jdbc.CommitException;
import io.passbridge.jdbc.OpeningException;
import io.passbridge.jdbc.Pool;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** The users' database, opened at first use. Thread-safe; one writer at a time. */
public final class Database implements AutoCloseable {
    private static final String POOL = "passbridge-directory";
    private static final int CONNECTIONS = 10;

    private final UserStore store;
    private final ReentrantLock opening = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Pool pool;
    private volatile boolean closed;
    private volatile UserIndex index;

    public Database(UserStore store) {
        this.store = store;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface Work<T> extends Pool.Work<T, RuntimeException> {}

    public UserStore store() {
        return store;
    }

    /** To be used inside of {@link #read} and {@link #write} only, which open the database. */
    public UserIndex index() {
        return index;
    }

    /** Reads; each statement sees what is committed. */
    public <T> T read(Work<T> work) throws ConnectorException {
        Pool used = pool();
        try {
            return used.read(work);
        } catch (SQLException e) {
            throw failure(used, e);
        }
    }

    /** Writes in one transaction, which is on disk when this returns. */
    public <T> T write(Work<T> work) throws ConnectorException {
        Pool used = pool();
        writing.lock();
        try {
            return used.write(work);
        } catch (SQLException e) {
            throw failure(used, e);
        } finally {
            writing.unlock();
        }
    }

    /** A database that ended itself, as on a full disk, is opened anew at its next use. */
    private ConnectorException failure(Pool used, SQLException e) {
        opening.lock();
        try {
            if (used.ended() && pool == used) {
                pool = null;
                used.close();
            }
        } finally {
            opening.unlock();
        }
        return SqlFailure.of(store.location(), e, e instanceof CommitException);
    }

    private Pool pool() throws ConnectorException {
        Pool present = pool;
        return present != null ? present : open();
    }

    private Pool open() throws ConnectorException {
        opening.lock();
        try {
            if (closed) {
                throw new ConnectorException(Kind.UNREACHABLE, store.name() + " is closed");
            }
            if (pool == null) {
                Pool opened = store.location().open(POOL, CONNECTIONS, UserStore.SCHEMA);
                index = load(opened);
                pool = opened;
            }
            return pool;
        } catch (OpeningException e) {
            throw SqlFailure.of(store.location(), e);
        } finally {
            opening.unlock();
        }
    }

    private UserIndex load(Pool opened) throws ConnectorException {
        UserIndex loaded = store.index();
        try {
            opened.read(
                    connection -> {
                        loaded.load(connection);
                        return null;
                    });
            return loaded;
        } catch (SQLException e) {
            opened.close();
            throw SqlFailure.of(store.location(), e, false);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Reads over a connection of its own, made for this call. */
    public <T> T readFresh(Work<T> work) throws ConnectorException {
        pool();
        try (Pool fresh = store.location().connect(POOL, 1)) {
            return fresh.read(work);
        } catch (SQLException e) {
            throw SqlFailure.of(store.location(), e, false);
        } catch (OpeningException e) {
            throw SqlFailure.of(store.location(), e);
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            if (pool != null) {
                pool.close();
                pool = null;
            }
        } finally {
            opening.unlock();
        }
    }
}
