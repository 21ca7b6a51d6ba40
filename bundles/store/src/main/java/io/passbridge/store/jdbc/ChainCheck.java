/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.event.Journal.Verification;
import io.passbridge.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Walks the chain from the first record to the head as it was at the start. */
final class ChainCheck {
    private static final int PAGE = 1_000;

    private final Database database;

    ChainCheck(Database database) {
        this.database = database;
    }

    private record Link(JournalRow row, byte[] hash) {}

    Verification run() throws StoreException {
        JournalHead head = database.read(JournalHead::read);
        byte[] before = RecordHash.START;
        long records = 0;
        while (records < head.latest()) {
            List<Link> page = page(records, head.latest());
            for (Link link : page) {
                long expected = records + 1;
                if (link.row.sequence() != expected) {
                    return broken(records, expected, "is missing");
                }
                before = RecordHash.of(before, link.row);
                if (!Arrays.equals(before, link.hash)) {
                    return broken(records, expected, "does not fit the one before or was changed");
                }
                records++;
            }
            if (page.isEmpty()) {
                return broken(records, records + 1, "is missing");
            }
        }
        if (isFollowedByStranger()) {
            return broken(records, head.latest() + 1, "was not written by the platform");
        }
        if (!Arrays.equals(before, head.hash())) {
            return broken(records, records, "is not the one that was written last");
        }
        return new Verification(
                records,
                -1,
                records + " records, the chain is intact; it ends with " + hex(before));
    }

    private List<Link> page(long after, long to) throws StoreException {
        return database.read(
                connection -> {
                    List<Link> links = new ArrayList<>();
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT "
                                            + JournalRow.COLUMNS
                                            + " FROM journal WHERE seq > ? AND seq <= ? ORDER BY"
                                            + " seq FETCH FIRST ? ROWS ONLY")) {
                        statement.setLong(1, after);
                        statement.setLong(2, to);
                        statement.setInt(3, PAGE);
                        try (ResultSet result = statement.executeQuery()) {
                            while (result.next()) {
                                links.add(new Link(JournalRow.read(result), result.getBytes(9)));
                            }
                        }
                    }
                    return links;
                });
    }

    /** Whether a record stands behind the head, seen in one statement beside running writers. */
    private boolean isFollowedByStranger() throws StoreException {
        return database.read(
                connection -> {
                    try (PreparedStatement statement =
                                    connection.prepareStatement(
                                            "SELECT 1 FROM journal WHERE seq > (SELECT latest FROM"
                                                    + " journal_head WHERE id = 1) FETCH FIRST ROW"
                                                    + " ONLY");
                            ResultSet result = statement.executeQuery()) {
                        return result.next();
                    }
                });
    }

    private static Verification broken(long records, long at, String how) {
        return new Verification(
                records, at, "record " + at + " " + how + "; the " + records + " before it fit");
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
