/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.ConnectorException;
import io.passbridge.store.StoreException;
import java.time.Instant;
import java.util.Optional;

/** A cycle had to stop; what it had not committed is read again by the next one. */
final class CycleFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Instant retryAt;

    enum Kind {
        SOURCE,
        /** The stored watermark is no longer valid at the source. */
        EXPIRED,
        TARGET,
        DIGEST,
        /** The FIPS policy refuses the digest scheme. */
        LEGACY,
        STORE,
        /** Another server exports. */
        FENCED,
        DELETIONS,
        /** The route cannot work as it is configured. */
        CONFIGURATION,
        /** The engine is being stopped, or the route paused. */
        STOPPED
    }

    CycleFailure(Kind kind, String message) {
        this(kind, message, null, null);
    }

    private CycleFailure(Kind kind, String message, Instant retryAt, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAt = retryAt;
    }

    static CycleFailure source(String instance, ConnectorException e) {
        return new CycleFailure(
                Kind.SOURCE,
                "source %s: %s (%s)".formatted(instance, e.getMessage(), Words.of(e.kind())),
                e.retryAt().orElse(null),
                e);
    }

    static CycleFailure target(String instance, ConnectorException e) {
        return new CycleFailure(
                Kind.TARGET,
                "target %s: %s (%s)".formatted(instance, e.getMessage(), Words.of(e.kind())),
                e.retryAt().orElse(null),
                e);
    }

    static CycleFailure store(StoreException e) {
        return new CycleFailure(
                e.kind() == StoreException.Kind.FENCED ? Kind.FENCED : Kind.STORE,
                "store: " + e.getMessage(),
                null,
                e);
    }

    Kind kind() {
        return kind;
    }

    /** When the system that failed wants to be asked again. */
    Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
