/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;

/**
 * Finds users by anchor and by name to sign in with. It may find too many: whoever asks compares
 * with what the user's row says. It never misses one that is committed. Changes are made by one
 * writer, in the transaction that changes the rows; reading is thread-safe.
 */
public interface UserIndex {
    /** Learns what the database holds; called once, before anything else. */
    void load(Connection connection) throws SQLException;

    /** The numbers of users who may have one of the anchors or one of the folded names. */
    Set<Long> candidates(
            Connection connection, Collection<String> anchors, Collection<String> names)
            throws SQLException;

    /** Numbers for new users. */
    long[] allocate(Connection connection, int count) throws SQLException;

    /** Notes for one transaction; what was noted goes with it if it is rolled back. */
    Notes notes();

    /** What changes in one transaction. Used by one thread. */
    interface Notes {
        /**
         * Notes what a user is found by.
         *
         * @param names folded names that come to the user; those the user has are not among them
         */
        void add(long user, String anchor, Collection<String> names);

        /** Gives folded names of a user free. */
        void remove(long user, Collection<String> names);

        /** Carries out what was noted, before the transaction is committed; removals first. */
        void flush(Connection connection) throws SQLException;
    }
}
