/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Secret;
import io.passbridge.jdbc.Role;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Optional;

/**
 * The role in PostgreSQL that is the instance's account; a secret that was reset is used at once.
 */
record AccountRole(ConnectorContext context, String database) implements Role {
    @Override
    public String name() throws SQLException {
        try {
            return context.accountName().orElseThrow(this::unset);
        } catch (ConnectorException e) {
            throw refused(e);
        }
    }

    @Override
    public Optional<Secret> password() throws SQLException {
        try {
            return Optional.of(context.accountSecret());
        } catch (ConnectorException e) {
            throw refused(e);
        }
    }

    @Override
    public String remedy() {
        return "account:set " + context.configuration().instance();
    }

    private ConnectorException unset() {
        return new ConnectorException(
                Kind.AUTHENTICATION,
                "no role is set for " + database + "; " + remedy() + " sets it");
    }

    private static SQLException refused(ConnectorException e) {
        return new SQLInvalidAuthorizationSpecException(e.getMessage(), "28000", e);
    }
}
