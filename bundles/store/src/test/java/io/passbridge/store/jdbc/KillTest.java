/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.Journal.Verification;
import io.passbridge.store.SyncState.Counts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private static final int KILLS = Integer.getInteger("passbridge.kills", 4);

    @TempDir Path folder;

    @Test
    void kill_duringCommits_leavesWholePagesAndAnIntactJournal() throws Exception {
        Random random = new Random();
        for (int kill = 0; kill < KILLS; kill++) {
            long reported = runAndKill(5 + random.nextInt(40), random.nextInt(30));
            check(reported);
        }
    }

    /** Kills the process some milliseconds after it has reported so many pages. */
    private long runAndKill(int pages, int delayMillis) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CommittingProcess.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long last = -1;
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < pages; i++) {
                last = Long.parseLong(output.readLine());
            }
            CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS)
                    .execute(process::destroyForcibly);
            String line = output.readLine();
            while (line != null) {
                last = line.isEmpty() ? last : Long.parseLong(line);
                line = output.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return last;
    }

    private void check(long reported) throws Exception {
        try (Database database = new EmbeddedLocation(folder, 2).open()) {
            JdbcSyncState state = new JdbcSyncState(database);
            long page = CommittingProcess.page(state);
            assertThat(page).isBetween(reported, reported + 1);
            assertThat(state.counts(CommittingProcess.ROUTE))
                    .isEqualTo(
                            new Counts(
                                    Map.of(Outcome.APPLIED, (page + 1) * CommittingProcess.USERS),
                                    page + 1));
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
