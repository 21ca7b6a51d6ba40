/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

/** A record cannot be used. The message says why and contains nothing of a credential. */
public final class BadRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long line;

    /**
     * @param line the number of the line that is wrong, from 1
     */
    BadRecordException(long line, String reason) {
        // without a stack trace: a damaged file may hold a million of these
        super(reason, null, false, false);
        this.line = line;
    }

    long line() {
        return line;
    }
}
