/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every source that signals keeps to: see {@link ChangeSignal}. */
public abstract class SignalContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The harness of the connector under test. */
    protected abstract SourceHarness harness(Path folder) throws Exception;

    @Test
    void signal_comesAfterAChange_andAChangeCanBeReadThen(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            var user = harness.addUser("anna");
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector);
                reader.drain(100);
                AtomicInteger signals = new AtomicInteger();
                try (var subscription = signal(connector).subscribe(signals::incrementAndGet)) {
                    int before = signals.get();
                    harness.changePassword(user);
                    await().atMost(PATIENCE).until(() -> signals.get() > before);
                    await().atMost(PATIENCE)
                            .untilAsserted(
                                    () ->
                                            assertThat(reader.drain(100))
                                                    .extracting(SourceReader.Seen::anchor)
                                                    .contains(user));
                }
            }
        }
    }

    @Test
    void subscription_closed_signalsNoMore(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            var user = harness.addUser("anna");
            try (Connector connector = harness.open()) {
                AtomicInteger ended = new AtomicInteger();
                AtomicInteger running = new AtomicInteger();
                var subscription = signal(connector).subscribe(ended::incrementAndGet);
                subscription.close();
                subscription.close();
                int atEnd = ended.get();
                try (var second = signal(connector).subscribe(running::incrementAndGet)) {
                    harness.changePassword(user);
                    await().atMost(PATIENCE).until(() -> running.get() > 0);
                }
                assertThat(ended.get()).isEqualTo(atEnd);
            }
        }
    }

    private static ChangeSignal signal(Connector connector) {
        return connector.capability(ChangeSignal.class).orElseThrow();
    }
}
