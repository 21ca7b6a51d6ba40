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
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.journal.JdbcJournal;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.opening.StoreRole;
import io.passbridge.store.jdbc.sync.JdbcSyncState;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Measures the store: see {@code benchmarks/store/README.md}. */
final class StoreBenchmark {
    private static final int PAGE = 1_000;
    private static final int RECORDS = 1_000;

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int users = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        System.out.printf(
                "%d cores, load %s, Java %s%n",
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                System.getProperty("java.version"));
        try (Database database = location(folder, arguments).open()) {
            JdbcSyncState state = new JdbcSyncState(database);
            long token = StoreLab.seize(database, "corp_cloud", "bench");
            commit("new users", state, token, users, 0);
            commit("the same users again", state, token, users, 1);
            counts(state);
            journal(new JdbcJournal(database));
        }
    }

    private static Opening location(Path folder, String... arguments) {
        return arguments.length < 3
                ? Opening.embedded(folder, 4)
                : Opening.postgres(
                        arguments[2],
                        StoreRole.of("passbridge", folder.resolve("password").toString(), "", ""),
                        "",
                        "passbridge",
                        4,
                        () -> false);
    }

    private static void commit(String what, JdbcSyncState state, long token, int users, int version)
            throws StoreException {
        Random random = new Random(1); // the same anchors in each round, in no order
        Clock clock = new Clock();
        for (int done = 0; done < users; done += PAGE) {
            List<UserState> page = new ArrayList<>(PAGE);
            for (int i = 0; i < PAGE; i++) {
                page.add(
                        new UserState(
                                new SourceAnchor(
                                        new UUID(random.nextLong(), random.nextLong()).toString()),
                                new ChangeVersion(version, done),
                                AccountState.ACTIVE,
                                Outcome.APPLIED,
                                "",
                                Instant.now()));
            }
            RoutePosition position =
                    new RoutePosition(
                            Watermark.of(new byte[] {1}), Reading.FULL, Instant.now(), "");
            state.commit(
                    new PageCommit("corp_cloud", token, Optional.of(position), page, List.of()));
            int half = users / 2;
            if (done + PAGE == half) {
                clock.print(what + ", first half", half);
                clock = new Clock();
            } else if (done + PAGE == users) {
                clock.print(what + ", second half", users - half);
            }
        }
    }

    private static void counts(JdbcSyncState state) throws StoreException {
        state.counts("corp_cloud");
        Clock clock = new Clock();
        for (int i = 0; i < RECORDS; i++) {
            state.counts("corp_cloud");
        }
        clock.print("counts", RECORDS);
    }

    private static void journal(JdbcJournal journal) throws Exception {
        Clock clock = new Clock();
        for (int i = 0; i < RECORDS; i++) {
            journal.record(EventType.USER_FAILED, "user " + i);
        }
        clock.print("journal records", RECORDS);
        clock = new Clock();
        long records = journal.verify().records();
        clock.print("journal records verified", records);
    }

    /** Time on the wall and of the processors. */
    private static final class Clock {
        private final long wall = System.nanoTime();
        private final long processors = processors();

        private static long processors() {
            return ((com.sun.management.OperatingSystemMXBean)
                            ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        void print(String what, long items) {
            double seconds = (System.nanoTime() - wall) / 1e9;
            double busy = (processors() - processors) / 1e3;
            System.out.printf(
                    "%-36s %,10.0f a second, %6.1f us of processor each%n",
                    what, items / seconds, busy / items);
        }
    }
}
