/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.passbridge.health.Finding;
import io.passbridge.itests.lab.PostgresLab;
import io.passbridge.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server that goes and comes back. */
@Tag("postgresql")
@EnabledIf(
        value = "io.passbridge.itests.lab.PostgresLab#possible",
        disabledReason = "NO POSTGRESQL: initdb is not installed, nothing was tested on it")
class PostgresOutageTest {
    @TempDir Path folder;

    @Test
    void outage_isReportedAndEndsByItself() throws Exception {
        try (PostgresLab server = PostgresLab.up()) {
            server.stop();
            AtomicReference<Object> service = new AtomicReference<>();
            StoreKeeper keeper =
                    new StoreKeeper(
                            StoreKeeperTest.context(folder, service),
                            StoreKeeperTest.settings(
                                    Map.of(
                                            "url",
                                            server.url(),
                                            "user",
                                            "passbridge",
                                            "passwordFile",
                                            LabPassword.in(folder)
                                                    .file()
                                                    .orElseThrow()
                                                    .toString())));
            await().until(() -> finding(keeper).text().contains("Connection refused"));

            server.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> service.get() != null);
            JdbcWriterLease lease = new JdbcWriterLease((Database) service.get());
            assertThat(lease.acquire("here", Duration.ofMinutes(1))).isPresent();

            server.stop();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> lease.acquire("here", Duration.ofMinutes(1)))
                    .satisfies(
                            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
            assertThat(finding(keeper).severity()).isEqualTo(Finding.Severity.ERROR);

            server.start();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .until(() -> lease.acquire("here", Duration.ofMinutes(1)).isPresent());
            assertThat(finding(keeper).severity()).isEqualTo(Finding.Severity.OK);
            keeper.close();
        }
    }

    private static Finding finding(StoreKeeper keeper) {
        return keeper.inspect().get(0);
    }
}
