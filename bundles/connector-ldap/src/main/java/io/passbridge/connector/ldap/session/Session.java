/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import com.unboundid.ldap.sdk.GetEntryLDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of one connector: a pool for single questions, and connections of their own for
 * what takes long. Thread-safe.
 */
public final class Session implements AutoCloseable {
    private static final int MOST_POOLED = 4;
    private static final Duration CHECK_EVERY = Duration.ofSeconds(30);
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);

    private final String instance;
    private final Servers servers;
    private final LDAPConnectionPool pool;
    private final Set<LDAPConnection> own = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Session(String instance, Servers servers) throws ConnectorException {
        this(instance, servers, CHECK_EVERY, CHECK_LIMIT);
    }

    /**
     * @param every how often each idle connection is asked something
     * @param limit for the answer; a connection that gives none is replaced
     */
    Session(String instance, Servers servers, Duration every, Duration limit)
            throws ConnectorException {
        this.instance = instance;
        this.servers = servers;
        try {
            pool = new LDAPConnectionPool(servers, null, 0, MOST_POOLED);
        } catch (LDAPException e) {
            throw new ConnectorException(Kind.CONFIGURATION, e.getMessage());
        }
        pool.setConnectionPoolName(instance);
        pool.setRetryFailedOperationsDueToInvalidConnections(true);
        pool.setHealthCheckIntervalMillis(every.toMillis());
        pool.setHealthCheck(
                new GetEntryLDAPConnectionPoolHealthCheck(
                        "", limit.toMillis(), false, false, false, true, true));
    }

    /** A question to the directory. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(LDAPConnectionPool directory) throws LDAPException, ConnectorException;
    }

    /** Asks over the pool. */
    public <T> T ask(Question<T> question) throws ConnectorException {
        requireOpen();
        try {
            return question.ask(pool);
        } catch (LDAPException e) {
            requireOpen();
            throw Failures.ofReading("the directory", e);
        }
    }

    /** A connection for the caller alone, given back with {@link #release}. */
    public LDAPConnection connect() throws ConnectorException {
        requireOpen();
        LDAPConnection connection = servers.connect();
        own.add(connection);
        if (closed) {
            release(connection);
            requireOpen();
        }
        return connection;
    }

    public void release(LDAPConnection connection) {
        own.remove(connection);
        connection.close();
    }

    public boolean isClosed() {
        return closed;
    }

    private void requireOpen() throws ConnectorException {
        if (closed) {
            throw new ConnectorException(
                    Kind.UNREACHABLE, "connector " + instance + " has been closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        own.forEach(this::release);
        pool.close();
    }
}
