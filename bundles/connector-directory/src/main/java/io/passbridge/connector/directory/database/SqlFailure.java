/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.jdbc.Location;
import io.passbridge.jdbc.OpeningException;
import io.passbridge.jdbc.ReadOnly;
import io.passbridge.jdbc.Reason;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Optional;

/** What a failure of the database means to the platform. */
final class SqlFailure {
    private SqlFailure() {}

    /**
     * @param committing whether the failure came at or after the commit
     */
    static ConnectorException of(Location location, SQLException failure, boolean committing) {
        SQLException first = failure;
        if (failure instanceof BatchUpdateException && failure.getNextException() != null) {
            first = failure.getNextException();
        }
        Optional<ConnectorException> account = cause(failure, ConnectorException.class);
        if (account.isPresent()) {
            // the account's secret is missing, locked, or in a store that is away
            return new ConnectorException(account.get().kind(), account.get().getMessage());
        }
        Kind kind = committing ? Kind.OUTCOME_UNKNOWN : kind(first.getSQLState());
        return new ConnectorException(
                kind,
                ReadOnly.is(first)
                        ? location.name() + " is read-only; " + ReadOnly.REMEDY
                        : text(location, reason(first)));
    }

    /** For a database that cannot be opened. */
    static ConnectorException of(Location location, OpeningException failure) {
        String text = location.name() + " " + failure.getMessage();
        return switch (failure.kind()) {
            case PLACE -> new ConnectorException(Kind.UNREACHABLE, text, failure);
            case SCHEMA_TOO_NEW -> new ConnectorException(Kind.CONFIGURATION, text);
            case CONNECTION, DAMAGED, SCHEMA ->
                    cause(failure, SQLException.class)
                            .map(sql -> of(location, sql, false))
                            .orElseGet(() -> new ConnectorException(Kind.UNREACHABLE, text));
        };
    }

    private static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
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
        return Reason.explained(statement < 0 ? message : message.substring(0, statement));
    }

    private static String text(Location location, String reason) {
        String remedy = location.remedy();
        return location.name()
                + ": "
                + reason
                + "; "
                + Character.toLowerCase(remedy.charAt(0))
                + remedy.substring(1);
    }
}
