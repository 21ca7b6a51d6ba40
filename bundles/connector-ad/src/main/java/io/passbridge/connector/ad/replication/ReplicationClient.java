/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/**
 * Opens replication sessions with domain controllers. Thread-safe; holds no connection and no
 * secret. Implemented by {@code session.DrsReplicationClient}; an interface so that tests can put a
 * controller's behaviour in its place.
 */
public interface ReplicationClient {
    /**
     * Connects, authenticates and binds. Permission is not yet proven: only {@link
     * ReplicationSession#replicate} proves it.
     *
     * @return an open session, to be closed by the caller
     */
    ReplicationSession open(
            ReplicationEndpoint endpoint, DirectoryAccount account, ReplicationSettings settings)
            throws ReplicationException;
}
