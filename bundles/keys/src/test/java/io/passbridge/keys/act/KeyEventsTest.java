/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.JournalRecord;
import io.passbridge.keys.keyset.FakeJournal;
import io.passbridge.keys.keyset.FaultyFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyEventsTest {
    private static final Map<Fact, String> FACTS =
            Map.of(Fact.FILE, "a file: /Gr\u00fc\u00dfe & <100 %>\nnext line=", Fact.PROTECTOR, "");

    private final FaultyFolder folder = new FaultyFolder();
    private final FakeJournal journal = new FakeJournal();

    private KeyEvents process() {
        return new KeyEvents(new Patience(Duration.ZERO), Optional.of(folder));
    }

    @Test
    void happened_processEndsBeforeTheJournalComes_isJournalledByTheNext() {
        process().happened(EventType.KEY_SET_CREATED, "key set 1 2", FACTS);
        KeyEvents next = process();
        next.happened(EventType.KEY_ADDED, "key 2", Map.of());
        next.journal(journal);

        assertThat(journal.numbers())
                .containsExactly(EventType.KEY_SET_CREATED.number(), EventType.KEY_ADDED.number());
        JournalRecord created = journal.records.get(0);
        assertThat(created.subject()).isEqualTo("key set 1 2");
        assertThat(created.attributes()).containsAllEntriesOf(Fact.byName(FACTS)).containsKey("at");
        assertThat(Instant.parse(created.attributes().get("at"))).isBeforeOrEqualTo(Instant.now());
        assertThat(journal.records.get(1).attributes()).doesNotContainKey("at");
        assertThat(folder.files()).isEmpty();
        process().journal(journal);
        assertThat(journal.records).as("once").hasSize(2);
    }

    @Test
    void happened_journalRefuses_waits() {
        journal.refuse(true);
        KeyEvents events = process();
        events.journal(journal);
        events.happened(EventType.KEY_SET_CREATED, "key set 1", Map.of());
        journal.refuse(false);
        process().journal(journal);
        assertThat(journal.numbers()).containsExactly(EventType.KEY_SET_CREATED.number());
    }

    @Test
    void forget_eventOfAnEarlierProcess_isForgotten() {
        process().happened(EventType.KEYS_INACCESSIBLE, "key set 1", Map.of());
        process().forget(EventType.KEYS_INACCESSIBLE);
        process().journal(journal);
        assertThat(journal.records).isEmpty();
    }

    @Test
    void happened_manyWait_theOldestAreDropped() {
        for (int i = 0; i < 60; i++) {
            process().happened(EventType.KEY_ADDED, "key " + i, Map.of());
        }
        process().journal(journal);
        assertThat(journal.records).hasSize(50);
        assertThat(journal.records.get(0).subject()).isEqualTo("key 10");
    }

    @Test
    void fileCutOffByAKill_givesWhatIsWhole() {
        process().happened(EventType.KEY_ADDED, "key 1", Map.of(Fact.STATE, "b"));
        process().happened(EventType.KEY_ADDED, "key 2", Map.of(Fact.STATE, "b"));
        folder.files()
                .computeIfPresent(
                        "events.waiting", (n, b) -> java.util.Arrays.copyOf(b, b.length - 4));
        process().journal(journal);
        assertThat(journal.records).extracting(JournalRecord::subject).containsExactly("key 1");
    }
}
