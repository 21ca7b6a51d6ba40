/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import java.sql.SQLException;

/** A failure at or after the commit: whether what was written stays is not known. */
public final class CommitException extends SQLException {
    private static final long serialVersionUID = 1L;

    CommitException(SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    }
}
