/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.Connector;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Soft references, as Java keeps them to classes, end with every collection in this module. */
class UnloadedTest {
    @Test
    void bundleThatWasUsedAndIsGone_leavesNoClass(@TempDir Path folder) throws Exception {
        WeakReference<ClassLoader> loader = used(folder);
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            System.gc();
                            return loader.get() == null;
                        });
    }

    private static WeakReference<ClassLoader> used(Path folder) throws Exception {
        SourceAnchor anna = new SourceAnchor("A1");
        try (TableHarness harness = new TableHarness(folder)) {
            harness.addUser(anna, "anna");
            try (Connector connector = harness.open()) {
                assertThat(connector.test()).isNotEmpty();
                connector
                        .capability(PasswordTarget.class)
                        .orElseThrow()
                        .apply(
                                List.of(
                                        new PasswordUpdate(
                                                anna,
                                                new ChangeVersion(0, 1),
                                                Instant.EPOCH,
                                                AccountState.ACTIVE,
                                                Optional.of(harness.digest(1)))));
            }
            return new WeakReference<>(harness.loader());
        }
    }
}
