/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.itests.lab.PostgresLab;
import io.passbridge.store.jdbc.opening.LabRole;
import io.passbridge.store.jdbc.opening.Opening;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** On a PostgreSQL server. */
@Tag("postgresql")
@EnabledIf(
        value = "io.passbridge.itests.lab.PostgresLab#possible",
        disabledReason = "NO POSTGRESQL: initdb is not installed, nothing was tested on it")
class PostgresJournalTest extends JournalContract {
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

    @Override
    Opening location() throws Exception {
        return Opening.postgres(server.url(), LabRole.in(folder), "", "passbridge", 4, () -> false);
    }
}
