/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.secrets;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.store.AccountSecrets;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Accounts in one table; also the owner of their sealed secrets towards the key set. */
@Component(
        name = "io.passbridge.store.jdbc.JdbcAccountSecrets",
        service = {AccountSecrets.class, SealedValueOwner.class})
public final class JdbcAccountSecrets implements AccountSecrets, SealedValueOwner {
    private static final String SELECT =
            "SELECT instance, name, secret, set_ms, verified_ms FROM account";

    private final Database database;

    @Activate
    public JdbcAccountSecrets(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Optional<StoredAccount> find(String instance) throws StoreException {
        return database.read(
                connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(SELECT + " WHERE instance = ?")) {
                        statement.setString(1, instance);
                        return accounts(statement).stream().findFirst();
                    }
                });
    }

    @Override
    public List<StoredAccount> list() throws StoreException {
        return database.read(
                connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(SELECT + " ORDER BY instance")) {
                        return accounts(statement);
                    }
                });
    }

    @Override
    public void put(StoredAccount account) throws StoreException {
        database.write(
                connection -> {
                    if (write(
                                    connection,
                                    "UPDATE account SET name = ?, secret = ?, set_ms = ?,"
                                            + " verified_ms = ? WHERE instance = ?",
                                    account)
                            == 0) {
                        write(
                                connection,
                                "INSERT INTO account (name, secret, set_ms, verified_ms, instance)"
                                        + " VALUES (?, ?, ?, ?, ?)",
                                account);
                    }
                    return null;
                });
    }

    @Override
    public void verified(String instance, Instant at) throws StoreException {
        database.write(
                connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "UPDATE account SET verified_ms = ? WHERE instance = ?")) {
                        statement.setLong(1, at.toEpochMilli());
                        statement.setString(2, instance);
                        return statement.executeUpdate();
                    }
                });
    }

    @Override
    public void remove(String instance) throws StoreException {
        database.write(
                connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement("DELETE FROM account WHERE instance = ?")) {
                        statement.setString(1, instance);
                        return statement.executeUpdate();
                    }
                });
    }

    @Override
    public String name() {
        return "account secrets";
    }

    @Override
    public List<Item> page(String after, int limit) throws KeyException {
        try {
            return database.read(
                    connection -> {
                        try (PreparedStatement statement =
                                connection.prepareStatement(
                                        SELECT
                                                + " WHERE instance > ? ORDER BY instance FETCH"
                                                + " FIRST ? ROWS ONLY")) {
                            statement.setString(1, after);
                            statement.setInt(2, limit);
                            return accounts(statement).stream()
                                    .map(JdbcAccountSecrets::item)
                                    .toList();
                        }
                    });
        } catch (StoreException e) {
            throw new KeyException(KeyException.Kind.IO, e.getMessage(), e);
        }
    }

    @Override
    public int replace(List<Replacement> replacements) throws KeyException {
        try {
            return database.write(connection -> replace(connection, replacements));
        } catch (StoreException e) {
            throw new KeyException(KeyException.Kind.IO, e.getMessage(), e);
        }
    }

    private static int replace(Connection connection, List<Replacement> replacements)
            throws SQLException {
        int replaced = 0;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE account SET secret = ? WHERE instance = ? AND secret = ?")) {
            for (Replacement replacement : replacements) {
                statement.setBytes(1, replacement.value().toBytes());
                statement.setString(2, replacement.item().locator());
                statement.setBytes(3, replacement.item().value().toBytes());
                statement.addBatch();
            }
            if (!replacements.isEmpty()) {
                for (int count : statement.executeBatch()) {
                    replaced += count;
                }
            }
        }
        return replaced;
    }

    private static Item item(StoredAccount account) {
        return new Item(
                account.instance(), AccountSecrets.binding(account.instance()), account.secret());
    }

    private static int write(Connection connection, String sql, StoredAccount account)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, account.name());
            statement.setBytes(2, account.secret().toBytes());
            statement.setLong(3, account.setAt().toEpochMilli());
            if (account.verifiedAt().isPresent()) {
                statement.setLong(4, account.verifiedAt().get().toEpochMilli());
            } else {
                statement.setNull(4, Types.BIGINT);
            }
            statement.setString(5, account.instance());
            return statement.executeUpdate();
        }
    }

    private static List<StoredAccount> accounts(PreparedStatement statement) throws SQLException {
        List<StoredAccount> accounts = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                long verified = result.getLong(5);
                Optional<Instant> verifiedAt =
                        result.wasNull()
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochMilli(verified));
                accounts.add(
                        new StoredAccount(
                                result.getString(1),
                                result.getString(2),
                                SealedValue.of(result.getBytes(3)),
                                Instant.ofEpochMilli(result.getLong(4)),
                                verifiedAt));
            }
        }
        return accounts;
    }
}
