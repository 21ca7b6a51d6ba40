/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;

/** What a failure of the database means to the platform. */
final class SqlFailure {
    private SqlFailure() {}

    /**
     * @param committing whether the failure came at or after the commit
     */
    static ConnectorException of(Engine engine, SQLException failure, boolean committing) {
        SQLException first = failure;
        if (failure instanceof BatchUpdateException && failure.getNextException() != null) {
            first = failure.getNextException();
        }
        Kind kind = committing ? Kind.OUTCOME_UNKNOWN : kind(first.getSQLState());
        return new ConnectorException(kind, text(engine, reason(first)));
    }

    /** For a pool that cannot connect. */
    static ConnectorException of(Engine engine, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return of(engine, sql, false);
            }
        }
        return new ConnectorException(Kind.UNREACHABLE, text(engine, failure.getMessage()));
    }

    private static Kind kind(String state) {
        if (state == null) {
            return Kind.UNREACHABLE;
        }
        if (state.startsWith("28")) {
            return Kind.AUTHENTICATION;
        }
        if (state.startsWith("23")) {
            return Kind.CONFLICT; // a row that another one forbids: the database is well
        }
        return state.equals("42501") ? Kind.PERMISSION : Kind.UNREACHABLE;
    }

    /** H2 appends the statement to its message, which helps nobody and may hold values. */
    private static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int statement = message.indexOf("; SQL statement");
        return statement < 0 ? message : message.substring(0, statement);
    }

    private static String text(Engine engine, String reason) {
        return engine.name() + ": " + reason + "; " + engine.remedy();
    }
}
