/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.directory.database.Batches;
import io.passbridge.connector.directory.database.Database;
import io.passbridge.connector.directory.database.FreeAttributes;
import io.passbridge.connector.directory.database.SignInNames;
import io.passbridge.connector.directory.database.UserIndex;
import io.passbridge.connector.directory.database.UserRow;
import io.passbridge.credential.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The users: creates the missing ones and keeps names up to date, a batch in a transaction. */
public final class AccountRows implements AccountTarget, AccountRehearsal {
    private final Database database;

    public AccountRows(Database database) {
        this.database = database;
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        return Batches.apply(
                batch,
                Account::anchor,
                items -> database.write(connection -> new Batch(connection, items).run()));
    }

    @Override
    public List<ItemOutcome> rehearse(List<Account> batch) throws ConnectorException {
        return Batches.apply(
                batch,
                Account::anchor,
                items -> database.read(connection -> new Batch(connection, items).rehearse()));
    }

    private final class Batch {
        private final Connection connection;
        private final List<Account> accounts;
        private final UserIndex index = database.index();
        private final UserIndex.Notes notes = index.notes();
        private final Map<String, UserRow> present = new HashMap<>();
        private final List<Account> created = new ArrayList<>();
        private final Map<UserRow, Account> changed = new HashMap<>();

        Batch(Connection connection, List<Account> accounts) {
            this.connection = connection;
            this.accounts = accounts;
        }

        List<ItemOutcome> run() throws SQLException {
            List<ItemOutcome> outcomes = judgements();
            create();
            change();
            notes.flush(connection);
            return outcomes;
        }

        /** The outcomes, with what would be done, without doing it. */
        List<ItemOutcome> rehearse() throws SQLException {
            List<ItemOutcome> outcomes = judgements();
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).outcome() == Outcome.APPLIED) {
                    Account account = accounts.get(i);
                    outcomes.set(
                            i,
                            new ItemOutcome(
                                    account.anchor(), Outcome.APPLIED, differences(account)));
                }
            }
            return outcomes;
        }

        private String differences(Account account) {
            return Optional.ofNullable(present.get(account.anchor().value()))
                    .flatMap(UserRow::account)
                    .map(held -> Differences.of(held, account))
                    .orElse("made");
        }

        private void load() throws SQLException {
            Set<String> anchors = new HashSet<>();
            Set<String> names = new HashSet<>();
            for (Account account : accounts) {
                anchors.add(account.anchor().value());
                names.addAll(SignInNames.of(account));
            }
            Set<Long> candidates = index.candidates(connection, anchors, names);
            for (UserRow row : UserRow.read(connection, database.store(), candidates)) {
                present.put(row.anchor(), row);
            }
        }

        private List<ItemOutcome> judgements() throws SQLException {
            load();
            List<Account> wanted = accounts.stream().map(this::overHeld).toList();
            NameClaims claims =
                    new NameClaims(
                            present.values(),
                            wanted.stream()
                                    .filter(account -> AccountFault.of(account).isEmpty())
                                    .toList());
            List<ItemOutcome> outcomes = new ArrayList<>(wanted.size());
            for (Account account : wanted) {
                outcomes.add(judge(account, claims));
            }
            return outcomes;
        }

        private Account overHeld(Account given) {
            return FreeAttributes.over(
                    Optional.ofNullable(present.get(given.anchor().value()))
                            .flatMap(UserRow::account)
                            .map(Account::attributes)
                            .orElse(Map.of()),
                    given);
        }

        private ItemOutcome judge(Account account, NameClaims claims) {
            String fault = AccountFault.of(account);
            if (!fault.isEmpty()) {
                return new ItemOutcome(account.anchor(), Outcome.REJECTED, fault);
            }
            Optional<String> conflict = claims.conflict(account);
            if (conflict.isPresent()) {
                return new ItemOutcome(account.anchor(), Outcome.CONFLICT, conflict.get());
            }
            UserRow before = present.get(account.anchor().value());
            if (before == null) {
                created.add(account);
            } else if (before.account().equals(Optional.of(account))) {
                return ItemOutcome.already(account.anchor());
            } else {
                changed.put(before, account);
            }
            return ItemOutcome.applied(account.anchor());
        }

        private void create() throws SQLException {
            if (created.isEmpty()) {
                return;
            }
            long[] ids = index.allocate(connection, created.size());
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO directory_user (login_name, aliases, display_name,"
                                    + " given_name, family_name, mail, attributes, id, anchor,"
                                    + " version_sequence, version_time, changed_at, state)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, -1, -1, 0, 0)")) {
                for (int i = 0; i < ids.length; i++) {
                    Account account = created.get(i);
                    bind(insert, account);
                    insert.setLong(8, ids[i]);
                    insert.setString(9, account.anchor().value());
                    insert.addBatch();
                    notes.add(ids[i], account.anchor().value(), SignInNames.of(account));
                }
                insert.executeBatch();
            }
        }

        private void change() throws SQLException {
            if (changed.isEmpty()) {
                return;
            }
            try (PreparedStatement update =
                    connection.prepareStatement(
                            "UPDATE directory_user SET login_name = ?, aliases = ?,"
                                    + " display_name = ?, given_name = ?, family_name = ?,"
                                    + " mail = ?, attributes = ? WHERE id = ?")) {
                for (Map.Entry<UserRow, Account> change : changed.entrySet()) {
                    UserRow before = change.getKey();
                    bind(update, change.getValue());
                    update.setLong(8, before.id());
                    update.addBatch();
                    Set<String> gone = new HashSet<>(before.names());
                    Set<String> come = SignInNames.of(change.getValue());
                    gone.removeAll(come);
                    come.removeAll(before.names());
                    notes.remove(before.id(), gone);
                    notes.add(before.id(), before.anchor(), come);
                }
                update.executeBatch();
            }
        }

        private static void bind(PreparedStatement statement, Account account) throws SQLException {
            statement.setString(1, account.loginName());
            statement.setString(2, UserRow.join(account.aliases()));
            statement.setString(3, account.displayName());
            statement.setString(4, account.givenName());
            statement.setString(5, account.familyName());
            statement.setString(6, account.mail());
            statement.setString(7, FreeAttributes.text(account.attributes()));
        }
    }
}
