/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import io.passbridge.credential.LegacyPolicy;
import java.util.Objects;

/**
 * Opens replication sessions with domain controllers. Thread-safe; holds no connection and no
 * secret.
 */
public final class ReplicationClient {
    private final LegacyPolicy policy;

    /**
     * @param policy asked before each use of the legacy primitives that the protocol forces
     */
    public ReplicationClient(LegacyPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /**
     * Connects, authenticates and binds. Permission is not yet proven: only {@link
     * ReplicationSession#replicate} proves it.
     */
    public ReplicationSession open(
            ReplicationEndpoint endpoint, DirectoryAccount account, ReplicationSettings settings)
            throws ReplicationException {
        throw new ReplicationException(
                ReplicationException.Kind.OTHER,
                0,
                "the protocol is not part of this build yet",
                policy.toString());
    }
}
