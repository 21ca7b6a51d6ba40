/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.event.Journal;
import io.passbridge.store.Proofs;
import io.passbridge.store.RunHistory;
import io.passbridge.store.SyncState;
import io.passbridge.sync.digest.DigestSchemes;
import java.time.Clock;

/** The services and shared parts that every route works with. */
public record EngineServices(
        ConnectorRegistry connectors,
        SyncState state,
        Proofs proofs,
        RunHistory history,
        Journal journal,
        DigestSchemes schemes,
        Clock clock) {}
