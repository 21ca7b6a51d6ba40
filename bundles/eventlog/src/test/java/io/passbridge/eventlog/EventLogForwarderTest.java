/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.event.EventType;
import io.passbridge.event.EventType.Severity;
import io.passbridge.event.Fact;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The near side of the seam: what is reported, once, in order, and not before it can be. */
class EventLogForwarderTest {
    @TempDir private Path folder;

    private final List<Reported> log = new CopyOnWriteArrayList<>();
    private volatile int room = Integer.MAX_VALUE;

    private record Reported(int type, int number, String text) {}

    private EventSource open() {
        return new EventSource() {
            @Override
            public void report(int type, int number, String text) throws IOException {
                if (log.size() >= room) {
                    throw new IOException("the event log did not take an event");
                }
                log.add(new Reported(type, number, text));
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    private EventLogForwarder forwarder(ListedJournal journal, Severity least) {
        return new EventLogForwarder(journal, this::open, least, folder.resolve("data/sent"));
    }

    @Test
    void events_areReportedWithTheirNumberTypeAndFacts_andOnceOnly() throws Exception {
        ListedJournal journal = new ListedJournal("a");
        journal.record(EventType.KEY_ADDED, "key 3", Map.of(Fact.FINGERPRINT, "ab:cd"));
        journal.record(EventType.SOURCE_FAILED, "route r", Map.of(Fact.REASON, "away"));
        EventLogForwarder first = forwarder(journal, Severity.INFORMATION);
        await().until(() -> log.size() == 2);
        first.close();
        assertThat(first.oldest()).as("the last one, which is in the log").isEqualTo(2);
        assertThat(log.get(0).number()).isEqualTo(9013);
        assertThat(log.get(0).type()).as("information").isEqualTo(4);
        assertThat(log.get(0).text())
                .startsWith("key 3: " + EventType.KEY_ADDED.text() + "\r\n")
                .contains("fingerprint: ab:cd\r\n", "actor: system", "sequence: 1", "hash: a1");
        assertThat(log.get(1).number()).isEqualTo(EventType.SOURCE_FAILED.number());

        journal.with(1);
        EventLogForwarder second = forwarder(journal, Severity.INFORMATION);
        await().until(() -> log.size() == 3);
        second.close();
        assertThat(log.get(2).text()).contains("sequence: 3");
    }

    @Test
    void whatTheLogDoesNotTake_waits_andComesInOrder() throws Exception {
        ListedJournal journal = new ListedJournal("a").with(500);
        room = 3;
        EventLogForwarder forwarder = forwarder(journal, Severity.INFORMATION);
        await().until(
                        () ->
                                forwarder.inspect().get(0).severity() == Finding.Severity.ERROR
                                        && log.size() == 3);
        assertThat(forwarder.inspect().get(0).text()).contains("did not take an event");
        assertThat(forwarder.oldest()).isEqualTo(3);
        room = Integer.MAX_VALUE;
        await().until(() -> log.size() == 500);
        forwarder.close();
        for (int i = 0; i < 500; i++) {
            assertThat(log.get(i).text()).contains("sequence: " + (i + 1) + "\r\n");
        }
        assertThat(forwarder.inspect().get(0).severity()).isEqualTo(Finding.Severity.OK);
    }

    @Test
    void severity_leavesOutWhatIsLess_andAnotherJournalBeginsAnew() throws Exception {
        ListedJournal journal = new ListedJournal("a").with(2);
        journal.record(EventType.ROUTE_ACTIVATED, "route r", Map.of());
        EventLogForwarder forwarder = forwarder(journal, Severity.WARNING);
        await().until(() -> forwarder.oldest() == 3);
        forwarder.close();
        assertThat(log).extracting(Reported::number).containsExactly(9054);
        assertThat(log.get(0).type()).as("warning").isEqualTo(2);
        EventLogForwarder another = forwarder(new ListedJournal("b").with(4), Severity.INFORMATION);
        await().until(() -> log.size() == 5);
        another.close();
    }
}
