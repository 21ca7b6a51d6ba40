/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import java.sql.SQLException;

/** A database that answers and takes no writes. */
public final class ReadOnly {
    /** Why that may be, and what to do: goes on a sentence. */
    public static final String REMEDY =
            "it is a standby, or default_transaction_read_only is on: end that there, or name every"
                    + " host in the url and add targetServerType=primary, which finds the one that"
                    + " takes writes";

    private static final String STATE = "25006";

    private ReadOnly() {}

    /** Whether a write failed for that. */
    public static boolean is(SQLException failure) {
        return STATE.equals(failure.getSQLState());
    }
}
