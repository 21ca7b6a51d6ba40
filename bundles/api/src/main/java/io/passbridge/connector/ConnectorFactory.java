/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.health.Finding;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes connectors of one kind. The service by which a connector bundle announces itself: the
 * platform tracks it, reads the configurations of its factory PID and keeps one {@link Connector}
 * for each.
 *
 * <p>Implementations are thread-safe and hold no connection.
 */
@ConsumerType
public interface ConnectorFactory {
    /** What this factory makes and which parameters it takes; constant. */
    ConnectorDescriptor descriptor();

    /**
     * Checks a configuration without any I/O and collects all faults, each with the parameter as
     * its subject. Required parameters, types, ranges and unknown names have been checked by the
     * platform already; this is for what only the connector knows.
     *
     * @return empty if the configuration can be opened
     */
    default List<Finding> validate(ConnectorConfiguration configuration) {
        return List.of();
    }

    /**
     * Whether a configuration in which {@link #validate} found no fault signs in with a secret.
     * Only asked of factories whose {@linkplain ConnectorDescriptor#accountSecret() descriptor}
     * says so in general.
     */
    default boolean signsInWithSecret(ConnectorConfiguration configuration) {
        return true;
    }

    /**
     * Opens a connector for one instance. Does no blocking I/O: connections are made at first use.
     *
     * @throws ConnectorException of kind {@link ConnectorException.Kind#CONFIGURATION} if it cannot
     *     be opened
     */
    Connector open(ConnectorContext context) throws ConnectorException;
}
