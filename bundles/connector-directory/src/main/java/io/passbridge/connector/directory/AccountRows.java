/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The users: creates the missing ones and keeps names up to date, a batch in a transaction. */
final class AccountRows implements AccountTarget {
    private static final int MAX_TEXT = 1_024;
    private static final int MAX_ALIASES = 8_192;
    private static final String SEPARATOR = "\n";

    private final Database database;

    AccountRows(Database database) {
        this.database = database;
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        return database.write(connection -> new Batch(connection, batch).run());
    }

    private static final class Batch {
        private final Connection connection;
        private final List<Account> accounts;
        private final Map<String, Account> present = new HashMap<>();
        private final Map<String, Set<String>> names = new HashMap<>();
        private final Map<String, String> owners = new HashMap<>();

        Batch(Connection connection, List<Account> accounts) {
            this.connection = connection;
            this.accounts = accounts;
        }

        List<ItemOutcome> run() throws SQLException {
            load();
            List<ItemOutcome> outcomes = new ArrayList<>(accounts.size());
            try (PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO directory_user (login_name, aliases, display_name,"
                                            + " given_name, family_name, mail, anchor,"
                                            + " version_sequence, version_time, changed_at, state)"
                                            + " VALUES (?, ?, ?, ?, ?, ?, ?, -1, -1, 0, 0)");
                    PreparedStatement update =
                            connection.prepareStatement(
                                    "UPDATE directory_user SET login_name = ?, aliases = ?,"
                                            + " display_name = ?, given_name = ?, family_name = ?,"
                                            + " mail = ? WHERE anchor = ?");
                    PreparedStatement remove =
                            connection.prepareStatement(
                                    "DELETE FROM sign_in_name WHERE name = ? AND anchor = ?");
                    PreparedStatement add =
                            connection.prepareStatement(
                                    "INSERT INTO sign_in_name (name, anchor) VALUES (?, ?)")) {
                for (Account account : accounts) {
                    outcomes.add(one(account, insert, update, remove, add));
                }
                insert.executeBatch();
                update.executeBatch();
                remove.executeBatch();
                add.executeBatch();
            }
            return outcomes;
        }

        private ItemOutcome one(
                Account account,
                PreparedStatement insert,
                PreparedStatement update,
                PreparedStatement remove,
                PreparedStatement add)
                throws SQLException {
            SourceAnchor anchor = account.anchor();
            String fault = fault(account);
            if (fault != null) {
                return new ItemOutcome(anchor, Outcome.REJECTED, fault);
            }
            Set<String> wanted = SignInNames.of(account);
            for (String name : wanted) {
                String owner = owners.get(name);
                if (owner != null && !owner.equals(anchor.value())) {
                    return new ItemOutcome(
                            anchor,
                            Outcome.CONFLICT,
                            "the name '" + name + "' belongs to user " + owner + " already");
                }
            }
            Set<String> had = names.getOrDefault(anchor.value(), Set.of());
            Account before = present.get(anchor.value());
            if (had.equals(wanted) && account.equals(before)) {
                return ItemOutcome.already(anchor);
            }
            bind(before == null ? insert : update, account);
            for (String name : had) {
                if (!wanted.contains(name)) {
                    bind(remove, name, anchor);
                    owners.remove(name);
                }
            }
            for (String name : wanted) {
                owners.put(name, anchor.value());
                if (!had.contains(name)) {
                    bind(add, name, anchor);
                }
            }
            return ItemOutcome.applied(anchor);
        }

        private void load() throws SQLException {
            List<String> anchors = accounts.stream().map(a -> a.anchor().value()).toList();
            Set<String> wanted = new HashSet<>();
            accounts.forEach(account -> wanted.addAll(SignInNames.of(account)));
            query(
                    "SELECT anchor, login_name, aliases, display_name, given_name, family_name,"
                            + " mail FROM directory_user WHERE anchor = ANY(?)",
                    anchors,
                    row -> present.put(row.getString(1), account(row)));
            query(
                    "SELECT name, anchor FROM sign_in_name WHERE name = ANY(?)",
                    wanted,
                    row -> owners.put(row.getString(1), row.getString(2)));
            if (!present.isEmpty()) {
                query(
                        "SELECT name, anchor FROM sign_in_name WHERE anchor = ANY(?)",
                        anchors,
                        row ->
                                names.computeIfAbsent(row.getString(2), any -> new HashSet<>())
                                        .add(row.getString(1)));
            }
        }

        private void query(String sql, Collection<String> keys, RowReader reader)
                throws SQLException {
            Array array = connection.createArrayOf("VARCHAR", keys.toArray());
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(2_000);
                select.setArray(1, array);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            } finally {
                array.free();
            }
        }

        private static Account account(ResultSet row) throws SQLException {
            String aliases = row.getString(3);
            return new Account(
                    new SourceAnchor(row.getString(1)),
                    row.getString(2),
                    aliases.isEmpty() ? List.of() : List.of(aliases.split(SEPARATOR)),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7));
        }

        private static void bind(PreparedStatement statement, Account account) throws SQLException {
            statement.setString(1, account.loginName());
            statement.setString(2, String.join(SEPARATOR, account.aliases()));
            statement.setString(3, account.displayName());
            statement.setString(4, account.givenName());
            statement.setString(5, account.familyName());
            statement.setString(6, account.mail());
            statement.setString(7, account.anchor().value());
            statement.addBatch();
        }

        private static void bind(PreparedStatement statement, String name, SourceAnchor anchor)
                throws SQLException {
            statement.setString(1, name);
            statement.setString(2, anchor.value());
            statement.addBatch();
        }

        /** Why the account cannot be stored, or null: one bad item must not fail the batch. */
        private static String fault(Account account) {
            for (String name : SignInNames.of(account)) {
                if (name.length() > SignInNames.MAX_LENGTH) {
                    return "a name to sign in with has "
                            + name.length()
                            + " characters; the limit is "
                            + SignInNames.MAX_LENGTH;
                }
            }
            List<String> texts = new ArrayList<>(account.aliases());
            texts.addAll(
                    List.of(
                            account.anchor().value(),
                            account.loginName(),
                            account.displayName(),
                            account.givenName(),
                            account.familyName(),
                            account.mail()));
            int aliases = account.aliases().stream().mapToInt(alias -> alias.length() + 1).sum();
            for (String text : texts) {
                if (text.length() > MAX_TEXT || aliases > MAX_ALIASES) {
                    return "a field is longer than "
                            + MAX_TEXT
                            + " characters, or all aliases"
                            + " together than "
                            + MAX_ALIASES;
                }
                if (text.chars().anyMatch(c -> c == 0 || c == '\n')) {
                    return "a field holds a line break or a zero character";
                }
            }
            return null;
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
