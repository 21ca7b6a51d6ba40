/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.connector.ConnectorException;
import io.passbridge.store.StoreException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/** A cycle had to stop; what it had not committed is read again by the next one. */
public final class CycleFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause origin;
    private final transient Instant retryAt;

    /**
     * What failed, and how.
     *
     * @param detail what tells it from others of its kind
     */
    public record Cause(Kind kind, Enum<?> detail) implements Serializable {}

    public enum Kind {
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

    public CycleFailure(Kind kind, String message) {
        this(kind, kind, message);
    }

    /**
     * @param detail what tells this failure from others of its kind
     */
    public CycleFailure(Kind kind, Enum<?> detail, String message) {
        this(kind, detail, message, null, null);
    }

    private CycleFailure(
            Kind kind, Enum<?> detail, String message, Instant retryAt, Throwable cause) {
        super(message, cause);
        this.origin = new Cause(kind, detail);
        this.retryAt = retryAt;
    }

    public static CycleFailure source(String instance, ConnectorException e) {
        return new CycleFailure(
                Kind.SOURCE,
                e.kind(),
                "source %s: %s (%s)".formatted(instance, e.getMessage(), Words.of(e.kind())),
                e.retryAt().orElse(null),
                e);
    }

    public static CycleFailure target(String instance, ConnectorException e) {
        return new CycleFailure(
                Kind.TARGET,
                e.kind(),
                "target %s: %s (%s)".formatted(instance, e.getMessage(), Words.of(e.kind())),
                e.retryAt().orElse(null),
                e);
    }

    public static CycleFailure store(StoreException e) {
        return new CycleFailure(
                e.kind() == StoreException.Kind.FENCED ? Kind.FENCED : Kind.STORE,
                e.kind(),
                "store: " + e.getMessage(),
                null,
                e);
    }

    public Kind kind() {
        return origin.kind();
    }

    /** Equal for failures with one cause, whatever words they have for it. */
    public Cause origin() {
        return origin;
    }

    /** When the system that failed wants to be asked again. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
