/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

/**
 * The store could not do what was asked; nothing of it was done. The message names the cause and
 * the remedy.
 */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** The database cannot be reached or failed. */
        UNAVAILABLE,
        /** The fencing token is no longer the latest: another server has taken over. */
        FENCED,
        /** A deadlock or serialisation failure; the same call may succeed if repeated. */
        TRANSIENT,
        /** The database lacks what was committed to it before: an older state took its place. */
        BEHIND,
        /** The schema is newer than this version of the platform. */
        SCHEMA_TOO_NEW
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }
}
