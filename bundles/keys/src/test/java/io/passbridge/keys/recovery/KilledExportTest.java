/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFolder;
import io.passbridge.keys.keyset.FaultyFolder;
import io.passbridge.keys.keyset.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process dies between any two writes of an export, and in the middle of each. */
class KilledExportTest {
    private static final int NEEDED = 2;
    private static final int SHARES = 3;

    @TempDir Path folder;

    private static RecoveryService recovery(
            Server of, Path data, Function<Path, KeySetFolder> folders) {
        return new RecoveryService(
                of.parts, new PlatformCryptography(), data, folders, new Patience(Duration.ZERO));
    }

    private static Secret password() {
        return Server.secret("export password");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void export_killedAtAnyWrite_leavesAWholeExportOrNone(boolean half, boolean shared)
            throws Exception {
        int killed = 0;
        for (int step = 0; killed == step; step++) {
            Path outside = Files.createDirectory(folder.resolve(half + "-" + shared + step));
            Path data = outside.resolve("data");
            Path file = outside.resolve("keys.pbks");
            Server victim = Server.started();
            victim.store("corp", "secret");
            RecoveryService dying = recovery(victim, data, victim.folder::onDisk);
            victim.folder.killAt(step, half);
            try {
                export(dying, file, shared);
            } catch (FaultyFolder.Killed e) {
                killed++;
            }
            if (Files.exists(file)) {
                assertThat(opens(victim, file, shared)).as("whole before the restart").isTrue();
            }

            Server again = victim.restarted();
            again.keeper.unlock(Optional.empty());
            RecoveryService restarted = recovery(again, data, DiskFolder::new);
            assertThat(again.holds("corp", "secret")).isTrue();
            assertThat(names(data)).as("step %d", step).isEmpty();
            assertThat(claims(again)).as("journal, step %d", step).isEqualTo(Files.exists(file));
            if (Files.exists(file)) {
                assertThat(opens(again, file, shared)).as("step %d", step).isTrue();
                assertThat(names(outside)).hasSize(shared ? 1 + SHARES : 1);
            } else {
                assertThat(names(outside)).as("step %d", step).isEmpty();
                assertThat(again.keeper.open().keySet().exported()).isEmpty();
                export(restarted, file, shared);
            }
        }
        assertThat(killed).isGreaterThan(shared ? 12 : 6);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void exportKey_killedAtAnyWrite_leavesAWholeFileOrNone(boolean half) throws Exception {
        int killed = 0;
        for (int step = 0; killed == step; step++) {
            Path outside = Files.createDirectory(folder.resolve(half + "-" + step));
            Path data = outside.resolve("data");
            Path file = outside.resolve("key.p12");
            Server victim = Server.started();
            TransferService dying =
                    new TransferService(
                            victim.parts, new FixedPolicy(false), data, victim.folder::onDisk);
            victim.folder.killAt(step, half);
            try {
                dying.exportKey("anna", 1, file, password());
            } catch (FaultyFolder.Killed e) {
                killed++;
            }
            Server again = victim.restarted();
            again.keeper.unlock(Optional.empty());
            recovery(again, data, DiskFolder::new);
            assertThat(names(data)).as("step %d", step).isEmpty();
            assertThat(claims(again)).as("journal, step %d", step).isEqualTo(Files.exists(file));
            if (Files.exists(file)) {
                assertThat(names(outside)).hasSize(1);
                try (Secret key = Pkcs12.read(Files.readAllBytes(file), "the file", password());
                        Secret own = again.keeper.open().ring().key(1).orElseThrow()) {
                    assertThat(key.sameAs(own)).isTrue();
                }
            } else {
                assertThat(names(outside)).as("step %d", step).isEmpty();
            }
        }
        assertThat(killed).isGreaterThan(4);
    }

    @Test
    void export_failsAtAnyWrite_leavesNothingBeside() throws Exception {
        int failed = 0;
        for (int step = 0; failed == step; step++) {
            Path outside = Files.createDirectory(folder.resolve("full" + step));
            Path file = outside.resolve("keys.pbks");
            Server server = Server.started();
            RecoveryService full = recovery(server, outside.resolve("data"), server.folder::onDisk);
            server.folder.failAt(step, new IOException("No space left on device"));
            try {
                export(full, file, true);
            } catch (KeyException e) {
                assertThat(e).hasMessageContaining("No space left on device");
                failed++;
            }
            boolean whole = Files.exists(file);
            assertThat(names(outside)).hasSize(whole ? 1 + SHARES : 0);
        }
        assertThat(failed).isGreaterThan(8);
    }

    private void export(RecoveryService recovery, Path file, boolean shared) throws KeyException {
        if (shared) {
            recovery.exportShared("anna", file, NEEDED, SHARES);
        } else {
            recovery.export("anna", file, password());
        }
    }

    private static boolean opens(Server server, Path file, boolean shared) throws Exception {
        RecoveryService any = recovery(server, Path.of("unused"), DiskFolder::new);
        List<Path> shares = List.of(Escrow.shareFile(file, 1), Escrow.shareFile(file, SHARES));
        try (Secret password = shared ? any.combine(shares) : password()) {
            return any.inspect(file, Optional.of(password)).checked();
        }
    }

    /** Whether the journal says that there is an export. */
    private static boolean claims(Server server) {
        return server.journal.records.stream()
                .filter(record -> record.number() == EventType.KEYS_EXPORTED.number())
                .findAny()
                .isPresent();
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
        }
    }
}
