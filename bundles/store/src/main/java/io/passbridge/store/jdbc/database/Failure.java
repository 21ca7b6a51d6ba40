/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.database;

import io.passbridge.jdbc.ReadOnly;
import io.passbridge.jdbc.Reason;
import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Turns what a database says into what its callers can act on. */
final class Failure {
    /**
     * Serialisation failure, deadlock, lock not available, statement timed out, H2 lock timeout.
     */
    private static final Set<String> TRANSIENT_STATES =
            Set.of("40001", "40P01", "55P03", "57014", "HYT00");

    private Failure() {}

    static StoreException of(String database, SQLException e) {
        if (isTransient(e)) {
            return new StoreException(
                    Kind.TRANSIENT,
                    database + ": another transaction was in the way; repeat the call",
                    e);
        }
        if (ReadOnly.is(e)) {
            return new StoreException(
                    Kind.UNAVAILABLE, database + " is read-only; " + ReadOnly.REMEDY, e);
        }
        return new StoreException(
                Kind.UNAVAILABLE,
                database + " failed: " + Reason.of(e) + "; it is used again as soon as it answers",
                e);
    }

    private static boolean isTransient(SQLException e) {
        return !(e instanceof SQLTransientConnectionException)
                && e.getSQLState() != null
                && TRANSIENT_STATES.contains(e.getSQLState());
    }
}
