/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal.Verification;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import java.sql.Statement;
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

/** What the journal promises, on whichever database. */
abstract class JournalContract {
    private Database database;
    private JdbcJournal journal;

    abstract Location location() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = location().open();
        journal = new JdbcJournal(database);
        sql("DELETE FROM journal");
        sql("UPDATE journal_head SET latest = 0, hash = (" + zeros() + ")");
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
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("zeta", "a=b\\c\nd");
        facts.put("actor", "alice");
        facts.put("alpha", "");
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
                .containsExactly(Map.entry("alpha", ""), Map.entry("zeta", "a=b\\c\nd"));
    }

    @Test
    void record_withoutActor_isTheSystems() throws Exception {
        journal.record(EventType.PLATFORM_STARTED, "platform");
        assertThat(journal.list(JournalFilter.ALL, 1).get(0).actor()).isEqualTo("system");
    }

    @Test
    void record_ofALongValue_isCut() throws Exception {
        journal.record(EventType.BAD_RECORD, "line 3", Map.of("text", "x".repeat(5_000) + "\0"));
        assertThat(journal.list(JournalFilter.ALL, 1).get(0).attributes().get("text"))
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
            journal.record(EventType.SYNC_STARTING, "route " + i, Map.of("why", reason));
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
