/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.EventType;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.journal.JdbcJournal;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.sync.JdbcSyncState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A process of its own that commits page after page and says so, until it is killed. */
final class CommittingProcess {
    static final String ROUTE = "corp_cloud";
    static final int USERS = 100;

    private CommittingProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (Database database = Opening.embedded(Path.of(arguments[0]), 2).open()) {
            JdbcSyncState state = new JdbcSyncState(database);
            JdbcJournal journal = new JdbcJournal(database);
            long token = StoreLab.seize(database, ROUTE, "child");
            for (long page = page(state) + 1; ; page++) {
                state.commit(commit(page, token));
                journal.record(EventType.BATCH_COMPLETED, "page " + page);
                System.out.println(page);
                System.out.flush();
            }
        }
    }

    /** The last page that was committed, or -1. */
    static long page(JdbcSyncState state) throws StoreException {
        return state.position(ROUTE)
                .map(position -> ByteBuffer.wrap(position.watermark().toBytes()).getLong())
                .orElse(-1L);
    }

    static SourceAnchor anchor(long page, int user) {
        return new SourceAnchor("user-" + page + "-" + user);
    }

    private static PageCommit commit(long page, long token) {
        List<UserState> users = new ArrayList<>(states(page, page, USERS));
        if (page > 0) {
            // rewritten rows leave space behind that later commits get
            users.addAll(states(page * 7_919 % page, page, USERS / 2));
        }
        Retry retry =
                new Retry(
                        new SourceAnchor("retry-" + page),
                        new ChangeVersion(page, 0),
                        1,
                        Instant.EPOCH,
                        "target unreachable");
        byte[] watermark = ByteBuffer.allocate(Long.BYTES).putLong(page).array();
        return new PageCommit(
                ROUTE,
                token,
                Optional.of(
                        new RoutePosition(
                                Watermark.of(watermark), Reading.FULL, Instant.EPOCH, "")),
                users,
                List.of(retry));
    }

    private static List<UserState> states(long page, long version, int users) {
        return IntStream.range(0, users)
                .mapToObj(
                        user ->
                                new UserState(
                                        anchor(page, user),
                                        new ChangeVersion(version, 0),
                                        AccountState.ACTIVE,
                                        Outcome.APPLIED,
                                        "",
                                        Instant.EPOCH))
                .toList();
    }
}
