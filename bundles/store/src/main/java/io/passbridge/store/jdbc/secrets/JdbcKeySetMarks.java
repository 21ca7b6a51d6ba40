/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.secrets;

import io.passbridge.store.KeySetMarks;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The marks as a table; a server writes its own rows alone, so they need no lease. */
@Component(name = "io.passbridge.store.jdbc.JdbcKeySetMarks")
public final class JdbcKeySetMarks implements KeySetMarks {
    private final Database database;

    @Activate
    public JdbcKeySetMarks(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Optional<Mark> find(String server, String keySetId) throws StoreException {
        return database.read(
                connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement(
                                    "SELECT generation, primary_key, fingerprint FROM key_set_mark"
                                            + " WHERE server = ? AND key_set = ?")) {
                        select.setString(1, server);
                        select.setString(2, keySetId);
                        try (ResultSet row = select.executeQuery()) {
                            return row.next()
                                    ? Optional.of(
                                            new Mark(
                                                    keySetId,
                                                    row.getLong(1),
                                                    row.getInt(2),
                                                    row.getString(3)))
                                    : Optional.empty();
                        }
                    }
                });
    }

    @Override
    public void put(String server, Mark mark) throws StoreException {
        database.write(
                connection -> {
                    try (PreparedStatement delete =
                                    connection.prepareStatement(
                                            "DELETE FROM key_set_mark WHERE server = ? AND key_set"
                                                    + " = ?");
                            PreparedStatement insert =
                                    connection.prepareStatement(
                                            "INSERT INTO key_set_mark (server, key_set, generation,"
                                                    + " primary_key, fingerprint) VALUES (?, ?, ?,"
                                                    + " ?, ?)")) {
                        delete.setString(1, server);
                        delete.setString(2, mark.keySetId());
                        delete.executeUpdate();
                        insert.setString(1, server);
                        insert.setString(2, mark.keySetId());
                        insert.setLong(3, mark.generation());
                        insert.setInt(4, mark.primary());
                        insert.setString(5, mark.fingerprint());
                        insert.executeUpdate();
                    }
                    return null;
                });
    }
}
