/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The index of an embedded database, which this process alone uses: about 12 bytes a name in
 * memory, and nothing on disk. An index on disk over values in random order would rewrite a good
 * part of itself with every batch that must be durable; this one is read from the rows once, at a
 * start.
 *
 * <p>It only grows: a name that was given up leads to a user whose row no longer has it, and is
 * forgotten with the next start. An entry is seen as soon as it is noted, before its transaction is
 * committed, and does no harm if that fails.
 */
final class MemoryIndex implements UserIndex {
    private static final int PAGE = 5_000;
    private static final char ANCHOR = 'a';
    private static final char NAME = 'n';

    private final long seed = new SecureRandom().nextLong();

    /** Slots of fingerprint and user number; number 0 marks a free slot. */
    private int[] prints = new int[1 << 12];

    private int[] users = new int[prints.length];
    private int size;
    private long last;

    @Override
    public synchronized void load(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT id, anchor, login_name, aliases FROM directory_user"
                                + " WHERE id > ? ORDER BY id LIMIT "
                                + PAGE)) {
            int read;
            do {
                read = 0;
                select.setLong(1, last);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        read++;
                        last = row.getLong(1);
                        put(print(ANCHOR, row.getString(2)), last);
                        if (!row.getString(3).isEmpty()) {
                            List<String> aliases = UserRow.split(row.getString(4));
                            for (String name : SignInNames.of(row.getString(3), aliases)) {
                                put(print(NAME, name), last);
                            }
                        }
                    }
                }
            } while (read == PAGE);
        }
    }

    @Override
    public synchronized Set<Long> candidates(
            Connection connection, Collection<String> anchors, Collection<String> names) {
        Set<Long> found = new HashSet<>();
        anchors.forEach(anchor -> find(print(ANCHOR, anchor), found));
        names.forEach(name -> find(print(NAME, name), found));
        return found;
    }

    @Override
    public synchronized long[] allocate(Connection connection, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = ++last;
        }
        if (last > Integer.MAX_VALUE) {
            throw new IllegalStateException(
                    "an embedded directory holds 2,147,483,647 users; use PostgreSQL for more");
        }
        return ids;
    }

    @Override
    public Notes notes() {
        return new Notes() {
            @Override
            public void add(long user, String anchor, Collection<String> names) {
                put(user, anchor, names);
            }

            @Override
            public void remove(long user, Collection<String> names) {
                // the row decides; what is left behind leads to a row that says no
            }

            @Override
            public void flush(Connection connection) {
                // everything has been noted already
            }
        };
    }

    private synchronized void put(long user, String anchor, Collection<String> names) {
        put(print(ANCHOR, anchor), user);
        names.forEach(name -> put(print(NAME, name), user));
    }

    private void find(int print, Set<Long> found) {
        int mask = prints.length - 1;
        for (int slot = print & mask; users[slot] != 0; slot = slot + 1 & mask) {
            if (prints[slot] == print) {
                found.add((long) users[slot]);
            }
        }
    }

    private void put(int print, long user) {
        if (size > prints.length / 4 * 3) {
            grow();
        }
        int mask = prints.length - 1;
        int slot = print & mask;
        while (users[slot] != 0) {
            if (prints[slot] == print && users[slot] == (int) user) {
                return;
            }
            slot = slot + 1 & mask;
        }
        prints[slot] = print;
        users[slot] = (int) user;
        size++;
    }

    private void grow() {
        int[] oldPrints = prints;
        int[] oldUsers = users;
        prints = new int[oldPrints.length * 2];
        users = new int[prints.length];
        size = 0;
        for (int i = 0; i < oldUsers.length; i++) {
            if (oldUsers[i] != 0) {
                put(oldPrints[i], oldUsers[i]);
            }
        }
    }

    /** Seeded, so that nobody can choose names that all fall into one place. */
    private int print(char kind, String text) {
        long hash = (seed ^ kind) * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ hash >>> 29);
    }
}
