/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

/** A database that cannot be opened. The message follows the database's name in a sentence. */
public final class OpeningException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is in the way. */
    public enum Kind {
        /** The folder or file cannot be made. */
        PLACE,
        /** It does not answer, or not to this role. */
        CONNECTION,
        /** The file is not what was written. */
        DAMAGED,
        /** The schema cannot be brought up to date. */
        SCHEMA,
        /** A newer release has written the schema. */
        SCHEMA_TOO_NEW
    }

    OpeningException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static OpeningException because(Kind kind, String what, Throwable cause) {
        return new OpeningException(kind, what + ": " + Reason.of(cause), cause);
    }

    public Kind kind() {
        return kind;
    }
}
