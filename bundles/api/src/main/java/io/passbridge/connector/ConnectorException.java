/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import java.time.Instant;
import java.util.Optional;

/**
 * A call to a connector failed in an expected way. The kind decides what the platform does next.
 */
public final class ConnectorException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Instant retryAt;

    /** What went wrong. */
    public enum Kind {
        /** The system could not be reached; nothing happened there. */
        UNREACHABLE,
        /** The connection broke in the middle; what happened is not known. */
        OUTCOME_UNKNOWN,
        /** The account's name or secret was refused, or no secret is there. */
        AUTHENTICATION,
        /** The account lacks a right. */
        PERMISSION,
        NOT_FOUND,
        CONFLICT,
        /** The credential or digest is of a scheme that cannot be read or stored here. */
        SCHEME_UNSUPPORTED,
        /** The system refused the item for good. */
        REJECTED,
        /** The system asks to slow down; see {@link #retryAt}. */
        RATE_LIMITED,
        /** The watermark is no longer valid; a full read is needed. */
        WATERMARK_EXPIRED,
        /** The configuration cannot work. */
        CONFIGURATION,
        /** Anything that the connector did not foresee; made by the platform. */
        PLUGIN_FAULT
    }

    /**
     * @param kind what went wrong
     * @param message names the thing, the value and the remedy; holds nothing secret
     */
    public ConnectorException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    /**
     * @param cause of a class that outlives the connector's bundle (the JDK's or the API's), or
     *     null
     */
    public ConnectorException(Kind kind, String message, Throwable cause) {
        this(kind, message, null, cause);
    }

    private ConnectorException(Kind kind, String message, Instant retryAt, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAt = retryAt;
    }

    /** The system asks to come back at the given time. */
    public static ConnectorException rateLimited(String message, Instant retryAt) {
        return new ConnectorException(Kind.RATE_LIMITED, message, retryAt, null);
    }

    public Kind kind() {
        return kind;
    }

    /** When to try again, if the system said so. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
