/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.event.Journal;
import io.passbridge.store.RunHistory;
import io.passbridge.store.SyncState;
import java.time.Clock;

/** The services and shared parts that every route works with. */
record Platform(
        ConnectorRegistry connectors,
        SyncState state,
        RunHistory history,
        Journal journal,
        DigestSchemes schemes,
        Clock clock) {}
