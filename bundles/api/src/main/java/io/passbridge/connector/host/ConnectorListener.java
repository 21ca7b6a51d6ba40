/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.host;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Wants to know about connector instances. A whiteboard service; calls come from any thread and
 * must return at once.
 */
@ConsumerType
public interface ConnectorListener {
    /** A source signalled that there is something to read. */
    void changesSignalled(String instance);

    /** An instance was added, opened, updated, paused, or went away. */
    void instanceChanged(String instance);
}
