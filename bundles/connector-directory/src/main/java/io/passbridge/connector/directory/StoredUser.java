/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A user as a sign-in needs it.
 *
 * @param digest empty if no password has come yet
 */
record StoredUser(
        String anchor,
        String loginName,
        String displayName,
        AccountState state,
        Optional<Digest> digest) {
    /** The user with a folded name to sign in with. */
    static Optional<StoredUser> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT u.anchor, u.login_name, u.display_name, u.state, u.scheme, u.digest"
                            + " FROM sign_in_name n JOIN directory_user u ON u.anchor = n.anchor"
                            + " WHERE n.name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    /** Any digest of a scheme, so that the cost of a check is known after a start. */
    static Optional<Digest> anyDigest(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT scheme, digest FROM directory_user"
                                        + " WHERE digest IS NOT NULL LIMIT 1");
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Digest(row.getString(1), row.getString(2)))
                    : Optional.empty();
        }
    }

    private static StoredUser read(ResultSet row) throws SQLException {
        String scheme = row.getString(5);
        return new StoredUser(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                AccountState.ofBits(row.getInt(4)),
                scheme == null
                        ? Optional.empty()
                        : Optional.of(new Digest(scheme, row.getString(6))));
    }
}
