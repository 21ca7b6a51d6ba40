/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal.Verification;
import io.passbridge.health.Finding;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Walks the chain from the first record to the head as it was at the start. */
final class ChainCheck {
    private static final int PAGE = 1_000;

    private final Database database;

    ChainCheck(Database database) {
        this.database = database;
    }

    private record Link(JournalRow row, byte[] hash) {}

    /** What was pruned meanwhile is no gap: the walk begins anew where the journal begins now. */
    Verification run() throws StoreException {
        JournalStart start = database.read(JournalStart::read);
        while (true) {
            Verification result = walk(start);
            JournalStart now = database.read(JournalStart::read);
            if (result.intact() || now.latest() == start.latest()) {
                return result;
            }
            start = now;
        }
    }

    private Verification walk(JournalStart start) throws StoreException {
        JournalHead head = database.read(JournalHead::read);
        byte[] before = start.hash();
        long at = start.latest();
        boolean summed = start.latest() == 0;
        while (at < head.latest()) {
            List<Link> page = page(at, head.latest());
            for (Link link : page) {
                if (link.row.sequence() != at + 1) {
                    return broken(start, at, at + 1, "is missing");
                }
                before = RecordHash.of(before, link.row);
                if (!Arrays.equals(before, link.hash)) {
                    return broken(start, at, at + 1, "does not fit the one before or was changed");
                }
                summed |= isSummary(link.row, start);
                at++;
            }
            if (page.isEmpty()) {
                return broken(start, at, at + 1, "is missing");
            }
        }
        if (isFollowedByStranger()) {
            return broken(start, at, head.latest() + 1, "was not written by the platform");
        }
        if (!Arrays.equals(before, head.hash())) {
            return broken(start, at, at, "is not the one that was written last");
        }
        if (!summed) {
            return broken(
                    start,
                    at,
                    start.latest(),
                    "and those before it are gone, and no record says that they were pruned");
        }
        String from =
                start.latest() == 0
                        ? ""
                        : " from record %,d on, the ones before were pruned;"
                                .formatted(start.latest() + 1);
        return new Verification(
                at - start.latest(),
                -1,
                Finding.count(at - start.latest(), "record", "records")
                        + ","
                        + from
                        + " the chain is intact; it ends with "
                        + hex(before));
    }

    /** Whether a record of the chain says of the beginning what the beginning says of itself. */
    private static boolean isSummary(JournalRow row, JournalStart start) {
        if (row.number() != EventType.JOURNAL_PRUNED.number()) {
            return false;
        }
        Map<String, String> facts = AttributeText.decode(row.attributes());
        return ("" + start.latest()).equals(facts.get(Fact.LAST_RECORD.text()))
                && start.hexHash().equals(facts.get(Fact.HASH.text()));
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

    private static Verification broken(JournalStart start, long walked, long at, String how) {
        long records = walked - start.latest();
        return new Verification(
                records, at, "record " + at + " " + how + "; the " + records + " before it fit");
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
