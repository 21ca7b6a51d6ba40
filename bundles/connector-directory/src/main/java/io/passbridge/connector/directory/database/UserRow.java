/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A user as the directory holds it, without the digest.
 *
 * @param id the directory's own number
 * @param account empty if the user was deleted, until it is provisioned anew
 * @param sequence of the version, or -1 if no password or state has come yet
 * @param scheme of the digest, or null
 */
public record UserRow(
        long id,
        String anchor,
        Optional<Account> account,
        long sequence,
        long time,
        AccountState state,
        String scheme) {
    private static final String SEPARATOR = "\n";

    /** Users by number; numbers that do not exist are passed over. */
    public static List<UserRow> read(Connection connection, UserStore store, Collection<Long> ids)
            throws SQLException {
        List<UserRow> users = new ArrayList<>(ids.size());
        if (ids.isEmpty()) {
            return users;
        }
        Array array = connection.createArrayOf("BIGINT", ids.toArray());
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT u.id, u.anchor, u.login_name, u.aliases, u.display_name,"
                                + " u.given_name, u.family_name, u.mail, u.version_sequence,"
                                + " u.version_time, u.state, u.scheme, u.attributes FROM "
                                + store.numbers()
                                + " AS k(id) JOIN directory_user u ON u.id = k.id")) {
            select.setArray(1, array);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    users.add(read(row));
                }
            }
        } finally {
            array.free();
        }
        return users;
    }

    private static UserRow read(ResultSet row) throws SQLException {
        return new UserRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3).isEmpty() ? Optional.empty() : Optional.of(account(row)),
                row.getLong(9),
                row.getLong(10),
                AccountState.ofBits(row.getInt(11)),
                row.getString(12));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new SourceAnchor(row.getString(2)),
                row.getString(3),
                split(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                FreeAttributes.parse(row.getString(13)));
    }

    static List<String> split(String aliases) {
        return aliases.isEmpty() ? List.of() : List.of(aliases.split(SEPARATOR));
    }

    public static String join(List<String> aliases) {
        return String.join(SEPARATOR, aliases);
    }

    /** The folded names that are the user's. */
    public Set<String> names() {
        return account.map(SignInNames::of).orElse(Set.of());
    }

    /** Where what the directory holds stands to a version: negative if it is older. */
    public int compareTo(ChangeVersion version) {
        return sequence < 0 ? -1 : new ChangeVersion(sequence, time).compareTo(version);
    }
}
