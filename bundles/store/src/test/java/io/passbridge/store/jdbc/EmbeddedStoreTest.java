/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.passbridge.health.Finding;
import io.passbridge.jdbc.Engine;
import io.passbridge.jdbc.OwnerOnly;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.sync.JdbcRunHistory;
import io.passbridge.store.jdbc.sync.LeaseRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded database. */
class EmbeddedStoreTest extends StoreContract {
    @TempDir Path folder;

    @Override
    Opening location() {
        return Opening.embedded(folder.resolve("store"), 4);
    }

    @Test
    void open_makesFilesThatOnlyTheirOwnerMayUse() throws Exception {
        assertThat(PosixFilePermissions.toString(rights(folder.resolve("store"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(rights(folder.resolve("store/store.mv.db"))))
                .isEqualTo("rw-------");
        assertThat(location().location().inspect("store")).isEmpty();
    }

    private static Set<PosixFilePermission> rights(Path path) throws Exception {
        return Files.getPosixFilePermissions(path);
    }

    @Test
    void inspect_ofAFileThatOthersMayRead_warns() throws Exception {
        Path file = folder.resolve("store/store.mv.db");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(location().location().inspect("store"))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                            assertThat(finding.remedy()).isEqualTo("chmod go-rwx " + file);
                        });
    }

    @Test
    void open_ofAFolderWithADamagedFile_saysSo() throws Exception {
        Path other = folder.resolve("other");
        OwnerOnly.folder(other);
        Files.writeString(other.resolve("store.mv.db"), "this is no database".repeat(1_000));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Opening.embedded(other, 2).open())
                .withMessageStartingWith("the embedded database in " + other)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    }

    @Test
    void open_whileAnotherPoolHasItOpen_sharesItWithinTheProcess() throws Exception {
        try (Database second = location().open()) {
            assertThat(second.<LeaseRow>read(LeaseRow::read).token()).isNotNegative();
        }
    }

    @Test
    void open_ofANewerSchema_isRefused() throws Exception {
        write(
                "INSERT INTO \"schema_history\" SELECT 99, '42', \"description\", \"type\","
                        + " \"script\", \"checksum\", \"installed_by\", \"installed_on\","
                        + " \"execution_time\", \"success\" FROM \"schema_history\" WHERE"
                        + " \"installed_rank\" = 1");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> location().open())
                .withMessageContaining("has version 42")
                .withMessageContaining("it knows up to " + Opening.SCHEMA.latest(Engine.H2))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SCHEMA_TOO_NEW));
    }

    @Test
    void write_byAThreadThatIsInterrupted_doesNotHurtTheOthers() throws Exception {
        try (Database database = location().open()) {
            JdbcRunHistory runs = new JdbcRunHistory(database);
            AtomicBoolean stop = new AtomicBoolean();
            Thread interrupted = new Thread(() -> count(runs, stop));
            interrupted.start();
            long last = 0;
            for (int i = 0; i < 50; i++) {
                interrupted.interrupt();
                long next = runs.nextId();
                assertThat(next).isGreaterThan(last);
                last = next;
            }
            stop.set(true);
            interrupted.join();
            assertThat(runs.nextId()).isGreaterThan(last);
        }
    }

    private static void count(JdbcRunHistory runs, AtomicBoolean stop) {
        while (!stop.get()) {
            try {
                runs.nextId();
            } catch (StoreException e) {
                // the interrupted call itself may fail
            }
        }
    }

    private void write(String sql) throws Exception {
        try (Database database = location().open()) {
            database.write(
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate(sql);
                        }
                    });
        }
    }
}
