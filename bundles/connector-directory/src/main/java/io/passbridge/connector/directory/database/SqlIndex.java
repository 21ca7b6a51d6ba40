/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The index of a database that several servers may use: in the database. */
final class SqlIndex implements UserIndex {
    @Override
    public void load(Connection connection) {
        // the database knows
    }

    @Override
    public Set<Long> candidates(
            Connection connection, Collection<String> anchors, Collection<String> names)
            throws SQLException {
        Set<Long> found = new HashSet<>();
        query(connection, "SELECT id FROM directory_user WHERE anchor = ANY(?)", anchors, found);
        query(connection, "SELECT user_id FROM sign_in_name WHERE name = ANY(?)", names, found);
        return found;
    }

    private static void query(
            Connection connection, String sql, Collection<String> texts, Set<Long> found)
            throws SQLException {
        // PostgreSQL refuses a zero character, so nothing stored has one
        Object[] keys = texts.stream().filter(text -> text.indexOf('\0') < 0).toArray();
        if (keys.length == 0) {
            return;
        }
        Array array = connection.createArrayOf("VARCHAR", keys);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, array);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getLong(1));
                }
            }
        } finally {
            array.free();
        }
    }

    @Override
    public long[] allocate(Connection connection, int count) throws SQLException {
        long[] ids = new long[count];
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT nextval('directory_user_id') FROM generate_series(1, ?)")) {
            select.setInt(1, count);
            try (ResultSet row = select.executeQuery()) {
                for (int i = 0; row.next(); i++) {
                    ids[i] = row.getLong(1);
                }
            }
        }
        return ids;
    }

    @Override
    public Notes notes() {
        return new NameChanges();
    }

    private record Name(long user, String name) {}

    private static final class NameChanges implements Notes {
        private final List<Name> added = new ArrayList<>();
        private final List<Name> removed = new ArrayList<>();

        @Override
        public void add(long user, String anchor, Collection<String> names) {
            names.forEach(name -> added.add(new Name(user, name)));
        }

        @Override
        public void remove(long user, Collection<String> names) {
            names.forEach(name -> removed.add(new Name(user, name)));
        }

        @Override
        public void flush(Connection connection) throws SQLException {
            execute(connection, "DELETE FROM sign_in_name WHERE user_id = ? AND name = ?", removed);
            execute(connection, "INSERT INTO sign_in_name (user_id, name) VALUES (?, ?)", added);
        }

        private static void execute(Connection connection, String sql, List<Name> names)
                throws SQLException {
            if (names.isEmpty()) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Name name : names) {
                    statement.setLong(1, name.user());
                    statement.setString(2, name.name());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }
}
