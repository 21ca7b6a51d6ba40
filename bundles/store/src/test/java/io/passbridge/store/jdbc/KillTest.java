/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.Journal.Verification;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.journal.JdbcJournal;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.sync.JdbcSyncState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it commits loses nothing that it has reported. */
class KillTest {
    /** A long run: 200. */
    private static final int KILLS = Integer.getInteger("passbridge.kills", 8);

    private static final int FULL_DISK_EVERY = 4;
    private static final String[] PRLIMIT = {"/usr/bin/prlimit", "--fsize="};

    @TempDir Path folder;
    private long reported = -1;

    @Test
    void kill_duringCommits_leavesWholePagesAndAnIntactJournal() throws Exception {
        Random random = new Random();
        for (int kill = 0; kill < KILLS; kill++) {
            boolean full = kill % FULL_DISK_EVERY == 1 && Files.isExecutable(Path.of(PRLIMIT[0]));
            List<String> limit = full ? List.of(PRLIMIT[0], PRLIMIT[1] + room()) : List.of();
            check(runAndKill(limit, 5 + random.nextInt(40), random.nextInt(30)));
        }
    }

    /** So large may the file of a process become whose disk is soon full. */
    private long room() throws IOException {
        return Files.size(folder.resolve("store.mv.db")) + 1_000_000;
    }

    /**
     * Kills the process some milliseconds after it has reported so many pages, unless it ends
     * before, because its disk is full.
     */
    private long runAndKill(List<String> limit, int pages, int delayMillis) throws Exception {
        List<String> command = new ArrayList<>(limit);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        folder.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(
                                limit.isEmpty()
                                        ? ProcessBuilder.Redirect.INHERIT
                                        : ProcessBuilder.Redirect.DISCARD)
                        .start();
        long last = reported;
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            for (int i = 1; i < pages && line != null; i++) {
                last = Long.parseLong(line);
                line = output.readLine();
            }
            CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS)
                    // not Process.destroyForcibly, which closes the stream that is being read
                    .execute(process.toHandle()::destroyForcibly);
            while (line != null) {
                // a number that the kill cut off is smaller
                last = line.isEmpty() ? last : Math.max(last, Long.parseLong(line));
                line = output.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        reported = last;
        return last;
    }

    private void check(long reported) throws Exception {
        try (Database database = Opening.embedded(folder, 2).open()) {
            JdbcSyncState state = new JdbcSyncState(database);
            long page = CommittingProcess.page(state);
            assertThat(page).isBetween(reported, reported + 1);
            assertThat(state.counts(CommittingProcess.ROUTE))
                    .isEqualTo(
                            new Counts(
                                    Map.of(
                                            Standing.IN_STEP,
                                            (page + 1) * CommittingProcess.USERS,
                                            Standing.WAITING,
                                            page + 1)));
            for (long done = 0; done <= page; done++) {
                long wanted = done;
                List<SourceAnchor> anchors =
                        IntStream.range(0, CommittingProcess.USERS)
                                .mapToObj(user -> CommittingProcess.anchor(wanted, user))
                                .toList();
                assertThat(state.users(CommittingProcess.ROUTE, anchors))
                        .hasSize(CommittingProcess.USERS);
            }
            Verification journal = new JdbcJournal(database).verify();
            assertThat(journal.intact()).as(journal.text()).isTrue();
            // one record a page, but for a kill between a page and its record
            assertThat(journal.records()).isBetween(reported + 1 - KILLS, page + 1);
        }
    }
}
