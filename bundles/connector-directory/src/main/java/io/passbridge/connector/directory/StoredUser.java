/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

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
    static Optional<StoredUser> find(Connection connection, Database database, String name)
            throws SQLException {
        Set<Long> candidates = database.index().candidates(connection, Set.of(), Set.of(name));
        for (UserRow row : UserRow.read(connection, database.engine(), candidates)) {
            if (row.names().contains(name)) {
                Account account = row.account().orElseThrow();
                return Optional.of(
                        new StoredUser(
                                row.anchor(),
                                account.loginName(),
                                account.displayName(),
                                row.state(),
                                digest(connection, row.id())));
            }
        }
        return Optional.empty();
    }

    private static Optional<Digest> digest(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT scheme, digest FROM directory_user"
                                + " WHERE id = ? AND digest IS NOT NULL")) {
            select.setLong(1, id);
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
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    private static Digest read(ResultSet row) throws SQLException {
        String encoded = row.getString(2);
        // rows from before kinds were told apart hold the scheme in braces: CRYPT for CRYPT-6
        String scheme = PasswordKind.of(encoded).map(PasswordKind::text).orElse(row.getString(1));
        return new Digest(scheme, encoded);
    }
}
