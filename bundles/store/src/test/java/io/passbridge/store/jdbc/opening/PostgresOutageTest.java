/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.passbridge.health.Finding;
import io.passbridge.itests.framework.OneService;
import io.passbridge.itests.lab.PostgresLab;
import io.passbridge.store.RouteLeases.Server;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.sync.JdbcRouteLeases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
            OneService service = new OneService(() -> folder.toString());
            StoreKeeper keeper =
                    new StoreKeeper(
                            service.context(),
                            StoreKeeperTest.settings(
                                    Map.of(
                                            "url",
                                            server.url(),
                                            "user",
                                            "passbridge",
                                            "passwordFile",
                                            LabRole.in(folder).file().orElseThrow().toString())),
                            new FipsEnforcement());
            await().until(() -> finding(keeper).text().contains("Connection refused"));

            server.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> service.get() != null);
            JdbcRouteLeases leases = new JdbcRouteLeases((Database) service.get());
            assertThat(renewed(leases)).isTrue();

            server.stop();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> renewed(leases))
                    .satisfies(
                            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
            assertThat(finding(keeper).severity()).isEqualTo(Finding.Severity.ERROR);

            server.start();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .until(() -> renewed(leases));
            assertThat(finding(keeper).severity()).isEqualTo(Finding.Severity.OK);
            keeper.close();
        }
    }

    private static boolean renewed(JdbcRouteLeases leases) throws StoreException {
        return leases.renew(new Server("here", false, Map.of()), Duration.ofMinutes(1))
                .servers()
                .containsKey("here");
    }

    private static Finding finding(StoreKeeper keeper) {
        return keeper.inspect().get(0);
    }
}
