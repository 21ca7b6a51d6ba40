/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability of a source: says 'come and read'. Carries no data and may come too often, late or
 * never.
 */
@ConsumerType
public interface ChangeSignal {
    /**
     * Starts to signal.
     *
     * @param listener returns at once; may be called from any thread until the subscription is
     *     closed
     * @return ends the signalling when closed
     */
    Subscription subscribe(Runnable listener) throws ConnectorException;

    /** A running subscription. */
    @ConsumerType
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
