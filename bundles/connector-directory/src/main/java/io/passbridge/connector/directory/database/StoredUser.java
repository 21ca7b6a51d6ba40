/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A user as a sign-in needs it.
 *
 * @param digest empty if no password has come yet
 */
public record StoredUser(
        String anchor,
        String loginName,
        String displayName,
        Map<String, List<String>> attributes,
        AccountState state,
        Optional<Digest> digest) {
    /** The user with a folded name to sign in with. */
    public static Optional<StoredUser> find(Connection connection, Database database, String name)
            throws SQLException {
        Set<Long> candidates = database.index().candidates(connection, Set.of(), Set.of(name));
        for (UserRow row : UserRow.read(connection, database.store(), candidates)) {
            if (row.names().contains(name)) {
                Account account = row.account().orElseThrow();
                return Optional.of(
                        new StoredUser(
                                row.anchor(),
                                account.loginName(),
                                account.displayName(),
                                account.attributes(),
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

    /** The digests of users by number; who has none is not in it. */
    public static Map<Long, Digest> digests(
            Connection connection, UserStore store, Collection<Long> ids) throws SQLException {
        Map<Long, Digest> digests = new HashMap<>();
        Array array = connection.createArrayOf("BIGINT", ids.toArray());
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT u.scheme, u.digest, u.id FROM "
                                + store.numbers()
                                + " AS k(id) JOIN directory_user u ON u.id = k.id"
                                + " WHERE u.digest IS NOT NULL")) {
            select.setArray(1, array);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    digests.put(row.getLong(3), read(row));
                }
            }
        } finally {
            array.free();
        }
        return digests;
    }

    /** Any digest of a scheme, so that the cost of a check is known after a start. */
    public static Optional<Digest> anyDigest(Connection connection) throws SQLException {
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
