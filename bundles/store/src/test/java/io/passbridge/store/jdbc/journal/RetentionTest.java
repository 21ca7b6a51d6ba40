/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.event.EventType;
import io.passbridge.event.JournalHold;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.framework.GivenValues;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.sync.JdbcRunHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration removes what is old, and nothing that somebody needs. */
class RetentionTest {
    @TempDir private Path folder;

    private static JournalHold hold(long oldest) {
        return new JournalHold() {
            @Override
            public String name() {
                return "syslog";
            }

            @Override
            public long oldest() {
                return oldest;
            }
        };
    }

    private static Retention retention(Database database, int records) {
        return new Retention(
                database,
                new JdbcRunHistory(database),
                GivenValues.of(RetentionSettings.class, Map.of("journalRecords", records)),
                Duration.ofHours(1));
    }

    @Test
    void journal_isPrunedAsConfigured_asFarAsNobodyHoldsIt() throws Exception {
        try (Database database = Opening.embedded(folder, 2).open()) {
            JdbcJournal journal = new JdbcJournal(database);
            for (int i = 1; i <= 1_100; i++) {
                journal.record(EventType.KEY_ADDED, "key " + i);
            }
            Retention retention = retention(database, 1_000);
            retention.addHold(hold(Long.MAX_VALUE));
            retention.addHold(hold(51));
            retention.round();
            assertThat(journal.pruned().orElseThrow().records()).isEqualTo(50);
            assertThat(journal.verify().intact()).as(journal.verify().text()).isTrue();
            assertThat(retention.inspect().get(0).text()).contains("50 records until");
            retention.close();

            Retention another = retention(database, 0);
            assertThat(another.inspect().get(0).severity())
                    .as("of a server that is to keep everything")
                    .isEqualTo(Severity.WARNING);
            another.close();
        }
    }
}
