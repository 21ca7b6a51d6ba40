/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventCommandsTest {
    private final ListJournal journal = new ListJournal();

    @Test
    void list_showsNumberSubjectAndFacts() {
        journal.record(EventType.SOURCE_FAILED, "route corp_cloud", Map.of("reason", "refused"));
        CommandRun run = CommandRun.of(new ListEvents(journal), "events:list");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("611", "error", "route corp_cloud", "(reason=refused)");
    }

    @Test
    void list_handsTheFilterOn() {
        CommandRun.of(
                new ListEvents(journal),
                "events:list --event 611,652 --subject corp --since 2026-01-01T00:00:00Z");
        assertThat(journal.filter.numbers()).isEqualTo(Set.of(611, 652));
        assertThat(journal.filter.subject()).isEqualTo("corp");
        assertThat(journal.filter.since()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void list_ofNoNumber_isMisuse() {
        CommandRun run = CommandRun.of(new ListEvents(journal), "events:list --event eleven");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.failure()).contains("'eleven'", "usage:");
    }

    @Test
    void list_asJson_hasTheRecords() {
        journal.record(EventType.KEY_ADDED, "key 3", Map.of());
        CommandRun run = CommandRun.of(new ListEvents(journal), "events:list --json");
        assertThat(run.out())
                .contains("\"sequence\":1", "\"number\":9013", "\"subject\":\"key 3\"");
    }

    @Test
    void tail_showsTheLatestOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            journal.record(EventType.KEY_ADDED, "key " + i, Map.of());
        }
        CommandRun run = CommandRun.of(new TailEvents(journal), "events:tail --last 2 --for 0s");
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().get(0)).contains("9013", "key 4");
        assertThat(run.lines().get(1)).contains("key 5");
    }

    @Test
    void tail_followsWhatComes() {
        journal.record(EventType.KEY_ADDED, "key 1", Map.of());
        journal.arriving = "key 2";
        CommandRun run = CommandRun.of(new TailEvents(journal), "events:tail --last 0 --for 1s");
        assertThat(run.lines()).singleElement().asString().contains("key 2");
    }

    @Test
    void verify_ofAnIntactJournal_ends0() {
        CommandRun run = CommandRun.of(new VerifyEvents(journal), "events:verify");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("intact");
    }

    @Test
    void verify_ofABrokenJournal_ends2_andIsJournalled() {
        journal.brokenAt = 7;
        CommandRun run = CommandRun.of(new VerifyEvents(journal), "events:verify");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("restore it from a backup");
        assertThat(journal.records)
                .singleElement()
                .satisfies(record -> assertThat(record.subject()).isEqualTo("record 7"));
    }

    /** A journal in memory. */
    private static final class ListJournal implements Journal {
        private final List<JournalRecord> records = new ArrayList<>();
        private JournalFilter filter;
        private String arriving = "";
        private long brokenAt = -1;

        @Override
        public long record(EventType type, String subject, Map<String, String> attributes) {
            records.add(
                    new JournalRecord(
                            records.size() + 1,
                            Instant.EPOCH,
                            type.number(),
                            type.severity(),
                            attributes.getOrDefault(ACTOR, "system"),
                            subject,
                            type.text(),
                            attributes));
            return records.size();
        }

        @Override
        public List<JournalRecord> list(JournalFilter wanted, int limit) {
            filter = wanted;
            List<JournalRecord> newest = new ArrayList<>(records);
            Collections.reverse(newest);
            return newest.stream().limit(limit).toList();
        }

        @Override
        public List<JournalRecord> after(long sequence, int limit) {
            if (!arriving.isEmpty()) {
                record(EventType.KEY_ADDED, arriving, Map.of());
                arriving = "";
            }
            return records.stream()
                    .filter(record -> record.sequence() > sequence)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Verification verify() {
            return new Verification(
                    records.size(), brokenAt, brokenAt < 0 ? "the chain is intact" : "broken");
        }
    }
}
