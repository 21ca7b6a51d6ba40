/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalAnchor;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventCommandsTest {
    private final ListJournal journal = new ListJournal();
    private final FixedAnchor anchor = new FixedAnchor();

    @Test
    void list_showsNumberSubjectAndFacts() {
        journal.record(EventType.SOURCE_FAILED, "route corp_cloud", Map.of(Fact.REASON, "refused"));
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
        assertThat(run.out()).contains("\"sequence\":1", "\"event\":9013", "\"subject\":\"key 3\"");
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
    void export_writesALineARecord_withItsHash(@TempDir Path folder) throws Exception {
        for (int i = 1; i <= 1_500; i++) {
            journal.record(EventType.KEY_ADDED, "key " + i, Map.of());
        }
        Path file = folder.resolve("journal.jsonl");
        CommandRun run = CommandRun.of(new ExportEvents(journal), "events:export " + file);
        assertThat(run.failure()).isEmpty();
        assertThat(run.out()).contains("1,500 records", "1 to 1,500");
        assertThat(Files.readAllLines(file))
                .hasSize(1_500)
                .allMatch(
                        line -> line.startsWith("{\"sequence\":") && line.contains("\"hash\":\"0"));
    }

    @Test
    void export_goesOnBehindARecord(@TempDir Path folder) throws Exception {
        for (int i = 1; i <= 5; i++) {
            journal.record(EventType.KEY_ADDED, "key " + i, Map.of());
        }
        Path file = folder.resolve("rest.jsonl");
        CommandRun run =
                CommandRun.of(new ExportEvents(journal), "events:export --json --after 3 " + file);
        assertThat(run.out()).contains("\"records\":2", "\"first\":4", "\"last\":5");
        assertThat(Files.readString(file)).contains("key 4", "key 5").doesNotContain("key 3");
    }

    @Test
    void export_overAFile_isRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("kept"), "kept");
        CommandRun run = CommandRun.of(new ExportEvents(journal), "events:export " + file);
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains(file + " exists already");
        assertThat(file).hasContent("kept");
    }

    @Test
    void verify_ofAnEndThatWasCutOff_isRefused_untilItIsAccepted() {
        anchor.misfit = Optional.of("record 3 is gone");
        CommandRun run = CommandRun.of(new VerifyEvents(journal, anchor), "events:verify");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("record 3 is gone");
        assertThat(journal.records.get(0).attributes()).containsEntry("reason", "record 3 is gone");

        run = CommandRun.of(new VerifyEvents(journal, anchor), "events:verify --accept --yes");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(anchor.misfit).isEmpty();
    }

    @Test
    void verify_ofAnIntactJournal_ends0() {
        CommandRun run = CommandRun.of(new VerifyEvents(journal, anchor), "events:verify");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("intact");
    }

    @Test
    void verify_ofABrokenJournal_ends2_andIsJournalled() {
        journal.brokenAt = 7;
        CommandRun run = CommandRun.of(new VerifyEvents(journal, anchor), "events:verify");
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
        public long record(EventType type, String subject, Map<Fact, String> facts) {
            type.require(facts.keySet());
            records.add(
                    new JournalRecord(
                            records.size() + 1,
                            Instant.EPOCH,
                            type.number(),
                            type.severity(),
                            facts.getOrDefault(Fact.ACTOR, "system"),
                            subject,
                            type.text(),
                            Fact.byName(facts),
                            "0".repeat(64)));
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

    private static final class FixedAnchor implements JournalAnchor {
        private Optional<String> misfit = Optional.empty();

        @Override
        public Optional<String> check() {
            return misfit;
        }

        @Override
        public void accept(String actor) {
            misfit = Optional.empty();
        }
    }
}
