/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.passbridge.itests.lab.PostgresLab;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.opening.LabRole;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.opening.StoreRole;
import io.passbridge.store.jdbc.sync.LeaseRow;
import java.nio.file.Path;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** On a PostgreSQL server. */
@Tag("postgresql")
@EnabledIf(
        value = "io.passbridge.itests.lab.PostgresLab#possible",
        disabledReason = "NO POSTGRESQL: initdb is not installed, nothing was tested on it")
class PostgresStoreTest extends StoreContract {
    private static PostgresLab server;
    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresLab.up();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void open_overTheSocket_needsNoPassword() throws Exception {
        Opening local =
                Opening.postgres(
                        server.url(),
                        StoreRole.of("passbridge", "", "", ""),
                        server.socket().toString(),
                        "passbridge",
                        2,
                        () -> false);
        try (Database database = local.open()) {
            assertThat(database.<LeaseRow>read(LeaseRow::read).token()).isNotNegative();
        }
        assertThat(local.location().inspect("store")).isEmpty();
    }

    @Test
    void open_ofANewerSchema_isRefused() throws Exception {
        try (Database database = location().open()) {
            database.write(
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate(
                                    "INSERT INTO schema_history SELECT 99, '42', description, type,"
                                            + " script, checksum, installed_by, installed_on,"
                                            + " execution_time, success FROM schema_history WHERE"
                                            + " version = '1'");
                        }
                    });
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> location().open())
                    .withMessageContaining("has version 42");
            database.write(
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate(
                                    "DELETE FROM schema_history WHERE installed_rank = 99");
                        }
                    });
        }
    }

    @Override
    Opening location() throws Exception {
        return Opening.postgres(server.url(), LabRole.in(folder), "", "passbridge", 4, () -> false);
    }
}
