/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.UnusableReport;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import java.util.Map;
import java.util.Optional;

/** What a page was read for. */
public sealed interface PageOrigin {
    /** Changes read, before several of one user became one; retries are none. */
    default int read() {
        return 0;
    }

    /** What the source met in the page and could not use. */
    default UnusableReport unusable() {
        return UnusableReport.NONE;
    }

    /** To be stored with the outcomes. */
    default Optional<RoutePosition> position() {
        return Optional.empty();
    }

    /** What the retry queue held for the users of the page, as far as it was read for them. */
    default Map<SourceAnchor, Retry> earlier() {
        return Map.of();
    }

    /** The next changes of the source. */
    record Changes(int read, UnusableReport unusable, Optional<RoutePosition> position)
            implements PageOrigin {}

    /** Users whose retries are due. */
    record Retries(Map<SourceAnchor, Retry> earlier) implements PageOrigin {}
}
