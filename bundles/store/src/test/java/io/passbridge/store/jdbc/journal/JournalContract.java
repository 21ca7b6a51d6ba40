/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal.Pruned;
import io.passbridge.event.Journal.Verification;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.health.Finding;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.journal.Pruning.Kept;
import io.passbridge.store.jdbc.opening.Opening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal promises, on whichever database. */
abstract class JournalContract {
    private Database database;
    private JdbcJournal journal;

    abstract Opening location() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = location().open();
        journal = new JdbcJournal(database);
        sql("DELETE FROM journal");
        sql("UPDATE journal_head SET latest = 0, hash = (" + zeros() + ")");
        sql("DELETE FROM journal_start");
    }

    private void records(int from, int to) throws Exception {
        for (int key = from; key <= to; key++) {
            journal.record(EventType.KEY_ADDED, "key " + key);
        }
    }

    private long prune(Instant from, long records, long oldest) throws Exception {
        return new Pruning(journal, database).run(new Kept(from, records, oldest));
    }

    @Test
    void prunedJournal_isVerifiedOverTheGap_andAnOlderExportStillFits() throws Exception {
        records(1, 30);
        List<JournalRecord> export = journal.after(0, 100);
        assertThat(prune(Instant.EPOCH, 20, Long.MAX_VALUE)).isEqualTo(10);

        assertThat(journal.after(0, 100))
                .extracting(JournalRecord::sequence)
                .startsWith(11L)
                .endsWith(31L)
                .hasSize(21);
        assertThat(journal.verify().intact()).as(journal.verify().text()).isTrue();
        assertThat(journal.verify().text()).contains("21 records", "from record 11 on");
        Pruned pruned = journal.pruned().orElseThrow();
        assertThat(pruned.records()).isEqualTo(10);
        assertThat(pruned.newest()).isEqualTo(export.get(9).time());
        assertThat(pruned.hash()).as("of the export's record 10").isEqualTo(export.get(9).hash());
        JournalRecord summary = journal.list(JournalFilter.ALL, 1).get(0);
        assertThat(summary.number()).isEqualTo(9074);
        assertThat(summary.attributes())
                .containsEntry("count", "10")
                .containsEntry("lastRecord", "10")
                .containsEntry("hash", export.get(9).hash());

        records(31, 60);
        assertThat(prune(Instant.EPOCH, 5, Long.MAX_VALUE)).as("the summary, too").isEqualTo(46);
        assertThat(journal.verify().intact()).as(journal.verify().text()).isTrue();
        assertThat(journal.pruned().orElseThrow().records()).isEqualTo(56);
    }

    @Test
    void pruning_byTime_takesNothingBehindARecordThatStays() throws Exception {
        records(1, 5);
        // the clock was ahead at record 3
        sql("UPDATE journal SET at_ms = at_ms + 1000000000 WHERE seq = 3");
        assertThat(prune(Instant.now().plusSeconds(60), Long.MAX_VALUE, Long.MAX_VALUE))
                .isEqualTo(2);
        assertThat(prune(Instant.EPOCH, Long.MAX_VALUE, Long.MAX_VALUE)).isZero();
    }

    @Test
    void pruning_leavesWhatSomebodyNeeds() throws Exception {
        records(1, 10);
        assertThat(prune(Instant.now().plusSeconds(60), 2, 4)).isEqualTo(3);
        assertThat(prune(Instant.now().plusSeconds(60), 2, 0)).isZero();
        assertThat(journal.after(0, 100)).hasSize(8);
    }

    /** Who can write to the database only cannot make a cut look like a pruning of the past. */
    @Test
    void beginningThatWasCutOff_isNoPruning() throws Exception {
        records(1, 10);
        sql(
                "INSERT INTO journal_start (id, latest, hash, newest_ms, pruned_ms) SELECT 1, seq,"
                        + " hash, at_ms, at_ms FROM journal WHERE seq = 4");
        sql("DELETE FROM journal WHERE seq <= 4");
        assertThat(journal.verify().intact()).isFalse();
        assertThat(journal.verify().text()).contains("no record says that they were pruned");
    }

    @Test
    void killedPruning_leavesRowsThatNobodySees_andTheNextOneTakes() throws Exception {
        records(1, 10);
        List<JournalRecord> before = journal.after(0, 100);
        prune(Instant.EPOCH, 5, Long.MAX_VALUE);
        sql(
                "INSERT INTO journal (seq, at_ms, number, severity, actor, subject, text,"
                        + " attributes, hash) SELECT 5, at_ms, number, severity, actor, subject,"
                        + " text, attributes, hash FROM journal WHERE seq = 6");
        assertThat(journal.after(0, 100).get(0).sequence()).isEqualTo(6);
        assertThat(journal.list(JournalFilter.ALL, 100)).hasSize(6);
        assertThat(journal.verify().intact()).isTrue();
        prune(Instant.EPOCH, 5, Long.MAX_VALUE);
        assertThat(
                        database.<Integer>read(
                                connection -> {
                                    try (Statement statement = connection.createStatement();
                                            ResultSet row =
                                                    statement.executeQuery(
                                                            "SELECT COUNT(*) FROM journal")) {
                                        row.next();
                                        return row.getInt(1);
                                    }
                                }))
                .isEqualTo(6);
        assertThat(before).hasSize(10);
    }

    @Test
    void headThatWasNotedBeforeItWasPruned_isNoMisfit(@TempDir Path folder) throws Exception {
        threeRecordsNoted(folder);
        records(4, 9);
        prune(Instant.EPOCH, 6, Long.MAX_VALUE);
        HeadAnchor anchor = anchor(folder);
        assertThat(anchor.check()).as("its hash is that of the beginning").isEmpty();
        prune(Instant.EPOCH, 3, Long.MAX_VALUE);
        assertThat(anchor.check()).isEmpty();
        anchor.close();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String zeros() {
        return switch (database.engine()) {
            case H2 -> "X'" + "00".repeat(32) + "'";
            case POSTGRESQL -> "'\\x" + "00".repeat(32) + "'";
        };
    }

    private void sql(String sql) throws Exception {
        database.write(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(sql);
                    }
                });
    }

    @Test
    void record_thenList_givesItBack() throws Exception {
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.STATE, "a=b\\c\nd");
        facts.put(Fact.ACTOR, "alice");
        facts.put(Fact.FINGERPRINT, "");
        Instant before = Instant.now().minusSeconds(1);
        assertThat(journal.record(EventType.KEY_ADDED, "key 3", facts)).isOne();

        JournalRecord record = journal.list(JournalFilter.ALL, 10).get(0);
        assertThat(record.sequence()).isOne();
        assertThat(record.time()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(record.number()).isEqualTo(9013);
        assertThat(record.severity()).isEqualTo(EventType.Severity.INFORMATION);
        assertThat(record.actor()).isEqualTo("alice");
        assertThat(record.subject()).isEqualTo("key 3");
        assertThat(record.text()).isEqualTo(EventType.KEY_ADDED.text());
        assertThat(record.attributes())
                .as("by name, whatever order they came in")
                .containsExactly(Map.entry("fingerprint", ""), Map.entry("state", "a=b\\c\nd"));
    }

    private HeadAnchor anchor(Path folder) {
        return new HeadAnchor(
                database, journal, folder.resolve("data/journal-end"), Duration.ofHours(1));
    }

    private void threeRecordsNoted(Path folder) throws Exception {
        for (int key = 1; key <= 3; key++) {
            journal.record(EventType.KEY_ADDED, "key " + key);
        }
        anchor(folder).close();
    }

    /** Whoever may write to the database makes the chain and its head fit each other. */
    @Test
    void endThatWasCutOff_isTold_untilItIsAccepted(@TempDir Path folder) throws Exception {
        threeRecordsNoted(folder);
        sql(
                "UPDATE journal_head SET latest = 2, hash = (SELECT hash FROM journal WHERE seq ="
                        + " 2)");
        sql("DELETE FROM journal WHERE seq = 3");
        assertThat(journal.verify().intact()).as("by the table alone").isTrue();

        HeadAnchor anchor = anchor(folder);
        assertThat(anchor.check().orElseThrow())
                .contains("record 3", "is gone", "ends with record 2");
        assertThat(anchor.inspect().get(0).remedy()).contains("events:verify --accept");
        journal.record(EventType.KEY_ADDED, "in its place");
        assertThat(anchor.check().orElseThrow()).contains("record 3", "another one");
        anchor.accept("alice");
        assertThat(anchor.check()).isEmpty();
        anchor.close();
        JournalRecord accepted = journal.list(JournalFilter.ALL, 1).get(0);
        assertThat(accepted.number()).isEqualTo(EventType.JOURNAL_END_ACCEPTED.number());
        assertThat(accepted.actor()).isEqualTo("alice");
    }

    @Test
    void cutOffEnd_isJournalledOnce_byItself(@TempDir Path folder) throws Exception {
        threeRecordsNoted(folder);
        sql("UPDATE journal_head SET latest = 0, hash = (" + zeros() + ")");
        sql("DELETE FROM journal");
        HeadAnchor anchor =
                new HeadAnchor(
                        database,
                        journal,
                        folder.resolve("data/journal-end"),
                        Duration.ofMillis(20));
        JournalFilter broken =
                new JournalFilter(Set.of(EventType.JOURNAL_BROKEN.number()), "", Optional.empty());
        await().until(() -> !journal.list(broken, 9).isEmpty());
        anchor.check();
        anchor.close();
        assertThat(journal.list(broken, 9))
                .singleElement()
                .satisfies(
                        record ->
                                assertThat(record.attributes().get("reason"))
                                        .contains("record 3, which this server noted", "is gone"));
    }

    /** As after the promotion of a standby that was behind. */
    @Test
    void endThatThisServerWroteAndTheDatabaseLost_isJournalledOnce_withTheNextRecord()
            throws Exception {
        for (int i = 1; i <= 3; i++) {
            journal.record(EventType.KEY_ADDED, "key " + i);
        }
        sql(
                "UPDATE journal_head SET latest = 2, hash = (SELECT hash FROM journal WHERE seq ="
                        + " 2)");
        sql("DELETE FROM journal WHERE seq = 3");
        journal.record(EventType.KEY_ADDED, "in its place");
        journal.record(EventType.KEY_ADDED, "and another");
        List<JournalRecord> records = journal.after(2, 9);
        assertThat(records)
                .extracting(JournalRecord::number)
                .containsExactly(
                        EventType.STORE_BEHIND.number(),
                        EventType.KEY_ADDED.number(),
                        EventType.KEY_ADDED.number());
        assertThat(records.get(0).attributes().get("reason"))
                .isEqualTo(
                        "record 3, which this server wrote, is gone: the journal ends with record"
                                + " 2");
        assertThat(journal.verify().intact()).isTrue();
    }

    @Test
    void journalThatGrew_isNotedAnew(@TempDir Path folder) throws Exception {
        threeRecordsNoted(folder);
        journal.record(EventType.KEY_ADDED, "key 4");
        HeadAnchor anchor = anchor(folder);
        assertThat(anchor.check()).isEmpty();
        anchor.close();
        assertThat(folder.resolve("data/journal-end"))
                .content()
                .contains("sequence=4", journal.list(JournalFilter.ALL, 1).get(0).hash());
    }

    @Test
    void journalOfAnotherDatabase_isNotComparedWithIt(@TempDir Path folder) throws Exception {
        threeRecordsNoted(folder);
        Path file = folder.resolve("data/journal-end");
        Files.writeString(file, Files.readString(file).replaceFirst("store=.", "store=other"));
        sql("UPDATE journal_head SET latest = 0, hash = (" + zeros() + ")");
        sql("DELETE FROM journal");
        HeadAnchor anchor = anchor(folder);
        assertThat(anchor.check()).isEmpty();
        anchor.close();
    }

    @Test
    void damagedNote_isTold_andLeftAlone(@TempDir Path folder) throws Exception {
        threeRecordsNoted(folder);
        Path file = Files.writeString(folder.resolve("data/journal-end"), "sequence=x");
        HeadAnchor anchor = anchor(folder);
        assertThatThrownBy(anchor::check).hasMessageContaining("journal-end is damaged");
        assertThat(anchor.inspect().get(0).severity()).isEqualTo(Finding.Severity.WARNING);
        anchor.close();
        assertThat(file).hasContent("sequence=x");
    }

    @Test
    void record_withoutActor_isTheSystems() throws Exception {
        journal.record(EventType.SYNC_STARTING, "route corp_cloud");
        assertThat(journal.list(JournalFilter.ALL, 1).get(0).actor()).isEqualTo("system");
    }

    @Test
    void record_ofALongValue_isCut() throws Exception {
        journal.record(
                EventType.BAD_RECORD, "line 3", Map.of(Fact.REASON, "x".repeat(5_000) + "\0"));
        assertThat(journal.list(JournalFilter.ALL, 1).get(0).attributes().get("reason"))
                .hasSize(2_000)
                .endsWith("\u2026");
        assertThat(journal.verify().intact()).isTrue();
    }

    @Test
    void list_filters() throws Exception {
        journal.record(EventType.SYNC_STARTING, "route corp_cloud");
        journal.record(EventType.KEY_ADDED, "key 1");
        journal.record(EventType.KEY_ADDED, "key 2");
        assertThat(numbers(new JournalFilter(Set.of(9013), "", Optional.empty())))
                .containsExactly(3L, 2L);
        assertThat(numbers(new JournalFilter(Set.of(9013, 601), "corp", Optional.empty())))
                .containsExactly(1L);
        assertThat(
                        numbers(
                                new JournalFilter(
                                        Set.of(), "", Optional.of(Instant.now().plusSeconds(60)))))
                .isEmpty();
        assertThat(journal.list(JournalFilter.ALL, 2)).hasSize(2);
        assertThat(journal.after(1, 10))
                .extracting(JournalRecord::sequence)
                .containsExactly(2L, 3L);
    }

    private List<Long> numbers(JournalFilter filter) throws Exception {
        return journal.list(filter, 100).stream().map(JournalRecord::sequence).toList();
    }

    @Test
    void record_fromManyThreads_hasNoGapAndAnIntactChain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> sequences = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String subject = "user " + i;
                sequences.add(threads.submit(() -> journal.record(EventType.USER_FAILED, subject)));
            }
            List<Long> given = new ArrayList<>();
            for (Future<Long> sequence : sequences) {
                given.add(sequence.get());
            }
            assertThat(given)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
        } finally {
            threads.shutdown();
        }
        assertThat(journal.verify().records()).isEqualTo(100);
        assertThat(journal.verify().intact()).isTrue();
    }

    @Test
    void verify_afterAnyFieldWasChanged_namesTheRecord() throws Exception {
        for (String change :
                List.of(
                        "at_ms = at_ms + 1",
                        "number = 602",
                        "severity = 'ERROR'",
                        "actor = 'mallory'",
                        "subject = 'other'",
                        "text = 'other'",
                        "attributes = ''")) {
            open(change);
            sql("UPDATE journal SET " + change + " WHERE seq = 2");
            Verification verification = journal.verify();
            assertThat(verification.intact()).as(change).isFalse();
            assertThat(verification.brokenAt()).as(change).isEqualTo(2);
            assertThat(verification.records()).isOne();
        }
    }

    private void open(String reason) throws Exception {
        sql("DELETE FROM journal");
        sql("UPDATE journal_head SET latest = 0, hash = (" + zeros() + ")");
        for (int i = 1; i <= 3; i++) {
            journal.record(EventType.SYNC_PAUSED, "route " + i, Map.of(Fact.REASON, reason));
        }
        assertThat(journal.verify().intact()).isTrue();
    }

    @Test
    void verify_afterARecordWasRemoved_namesIt() throws Exception {
        open("");
        sql("DELETE FROM journal WHERE seq = 2");
        assertThat(journal.verify().brokenAt()).isEqualTo(2);
    }

    @Test
    void verify_afterTheTailWasCutOff_saysSo() throws Exception {
        open("");
        sql("DELETE FROM journal WHERE seq = 3");
        assertThat(journal.verify().brokenAt()).isEqualTo(3);
        sql("UPDATE journal_head SET latest = 2");
        assertThat(journal.verify().intact()).isFalse();
    }

    @Test
    void verify_afterARecordWasAddedByHand_saysSo() throws Exception {
        open("");
        sql(
                "INSERT INTO journal SELECT 4, at_ms, number, severity, actor, subject, text,"
                        + " attributes, hash FROM journal WHERE seq = 3");
        assertThat(journal.verify().brokenAt()).isEqualTo(4);
    }
}
