/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyRecovery.ActivationPlan;
import io.passbridge.keys.KeyRecovery.Drill;
import io.passbridge.keys.KeyRecovery.Export;
import io.passbridge.keys.KeyRecovery.SharedExport;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.keyset.FaultyFolder;
import io.passbridge.keys.keyset.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir Path folder;
    private Path file;
    private Server server;
    private final FakeLease lease = new FakeLease();

    @BeforeEach
    void start() throws Exception {
        server = Server.started();
        server.store("corp", "of corp");
        server.store("cloud", "of cloud");
        file = folder.resolve("keys.pbks");
    }

    private RecoveryService recovery(Server of) {
        RecoveryService service =
                new RecoveryService(
                        of.parts,
                        new PlatformCryptography(),
                        folder.resolve("data"),
                        DiskFolder::new,
                        new Patience(Duration.ZERO));
        service.setLease(lease);
        return service;
    }

    private static Secret password() {
        return Server.secret("export password");
    }

    @Test
    void export_newFile_opensAgainAndIsDated() throws Exception {
        Export export = recovery(server).export("anna", file, password());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(server.keeper.open().keySet().exported()).contains(export.exported());
        assertThat(recovery(server).inspect(file, Optional.of(password()))).isEqualTo(export);
        assertThat(server.journal.numbers()).contains(EventType.KEYS_EXPORTED.number());
    }

    @Test
    void export_fileExists_isRefusedAndLeftAlone() throws Exception {
        Files.writeString(file, "something else");
        assertRefused(() -> recovery(server).export("anna", file, password()), "exists");
        assertThat(file).hasContent("something else");
    }

    @Test
    void export_shortPassword_isRefusedWithTheLimit() {
        assertRefused(
                () -> recovery(server).export("anna", file, Server.secret("short")), "8 to 1024");
        assertThat(file).doesNotExist();
    }

    @Test
    void export_journalCannotBeWritten_isRefused() {
        server.journal.refuse(true);
        assertRefused(() -> recovery(server).export("anna", file, password()), "journal");
        assertThat(file).doesNotExist();
    }

    @Test
    void inspect_wrongPassword_isRefusedAndWithoutOneItIsUnchecked() throws Exception {
        recovery(server).export("anna", file, password());
        assertRefused(
                () -> recovery(server).inspect(file, Optional.of(Server.secret("wrong one"))),
                "the one that was given when it was made");
        assertThat(recovery(server).inspect(file, Optional.empty()).checked()).isFalse();
    }

    @Test
    void inspect_anyByteChanged_isRefused() throws Exception {
        recovery(server).export("anna", file, password());
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(file, changed);
            assertThatThrownBy(() -> recovery(server).inspect(file, Optional.of(password())))
                    .isInstanceOf(KeyException.class);
        }
    }

    @Test
    void activate_serverOnTheSameStore_takesOverAndFencesTheOtherOut() throws Exception {
        recovery(server).export("anna", file, password());
        lease.seize("first/1", Duration.ofMinutes(1));
        Server second = server.beside();
        assertThat(second.holds("corp", "of corp")).isFalse();

        assertRefused(
                () -> recovery(second).activate("anna", file, password(), false),
                "server first/1 holds the writer's lease");
        ActivationPlan plan = recovery(second).activate("anna", file, password(), true);
        assertThat(plan.opening()).isEqualTo(2);
        assertThat(second.holds("corp", "of corp")).isTrue();
        assertThat(lease.seizures).isEqualTo(2);
        assertThat(lease.held.orElseThrow()).doesNotStartWith("first/");

        Server restarted = second.restarted();
        restarted.keeper.unlock(Optional.empty());
        assertThat(restarted.holds("cloud", "of cloud")).isTrue();
    }

    @Test
    void activate_freshServerWithoutAnotherOne_hasNoObjections() throws Exception {
        recovery(server).export("anna", file, password());
        Server second = server.beside();
        assertThat(recovery(second).plan(file, password()).objections()).isEmpty();
        recovery(second).activate("anna", file, password(), false);
        assertThat(second.holds("corp", "of corp")).isTrue();
    }

    @Test
    void activate_foreignExport_isRefusedUnlessTold() throws Exception {
        recovery(Server.started()).export("anna", file, password());
        assertRefused(
                () -> recovery(server).activate("anna", file, password(), false),
                "another key set");
        assertThat(server.holds("corp", "of corp")).isTrue();
    }

    @Test
    void activate_exportOlderThanAKey_isRefused() throws Exception {
        recovery(server).export("anna", file, password());
        server.lifeCycle.add("anna", false);
        server.store("corp", "under key 2");
        assertRefused(
                () -> recovery(server).activate("anna", file, password(), false),
                "older than key 2");
        assertThat(server.holds("corp", "under key 2")).isTrue();
    }

    @Test
    void activate_lockedByALostPassword_unlocks() throws Exception {
        recovery(server).export("anna", file, password());
        Server locked = server.restarted();
        locked.protector.place("somebody changed it");
        assertRefused(() -> locked.keeper.unlock(Optional.empty()), "wrong");
        recovery(locked).activate("anna", file, password(), false);
        assertThat(locked.holds("corp", "of corp")).isTrue();
        locked.restarted().keeper.unlock(Optional.empty());
    }

    @Test
    void activate_killedBetweenAnyTwoWrites_hasTheKeySetBeforeOrAfter() throws Exception {
        recovery(server).export("anna", file, password());
        int killed = 0;
        for (int step = 0; step < 8; step++) {
            Server second = server.beside();
            second.folder.killAt(step, true);
            try {
                recovery(second).activate("anna", file, password(), false);
            } catch (FaultyFolder.Killed e) {
                killed++;
            }
            Server again = second.restarted();
            again.keeper.unlock(Optional.empty());
            if (!again.holds("corp", "of corp")) {
                recovery(again).activate("anna", file, password(), false);
            }
            assertThat(again.holds("corp", "of corp")).isTrue();
        }
        assertThat(killed).isPositive();
    }

    @Test
    void exportShared_enoughShares_openItAndTooFewDoNot() throws Exception {
        SharedExport shared = recovery(server).exportShared("anna", file, 3, 5);
        List<Path> shares = shared.shares();
        assertThat(shares).hasSize(5);
        try (Secret combined =
                recovery(server).combine(List.of(shares.get(4), shares.get(0), shares.get(2)))) {
            assertThat(recovery(server).inspect(file, Optional.of(combined)).checked()).isTrue();
        }
        assertRefused(() -> recovery(server).combine(shares.subList(0, 2)), "needs 3");
        assertRefused(
                () -> recovery(server).combine(List.of(shares.get(0), shares.get(0))), "twice");
    }

    @Test
    void combine_sharesOfTwoExports_isRefused() throws Exception {
        SharedExport one = recovery(server).exportShared("anna", file, 2, 2);
        SharedExport two =
                recovery(server).exportShared("anna", folder.resolve("other.pbks"), 2, 2);
        assertRefused(
                () -> recovery(server).combine(List.of(one.shares().get(0), two.shares().get(1))),
                "another export");
    }

    @Test
    void drill_goodExport_opensTheCanaryAndEveryValue() throws Exception {
        recovery(server).export("anna", file, password());
        Drill drill = recovery(server).drill("anna", file, password());
        assertThat(drill.canary()).isTrue();
        assertThat(drill.opening()).isEqualTo(2);
        assertThat(server.keeper.open().keySet().drilled()).isPresent();
    }

    @Test
    void drill_exportOlderThanTheNewestKey_fails() throws Exception {
        recovery(server).export("anna", file, password());
        server.lifeCycle.add("anna", false);
        assertRefused(() -> recovery(server).drill("anna", file, password()), "the drill failed");
        assertThat(server.keeper.open().keySet().drilled()).isEmpty();
    }

    @Test
    void export_diskFull_saysSoAndLeavesNothing() {
        FaultyFolder full = new FaultyFolder();
        full.failAt(0, new IOException("No space left on device"));
        RecoveryService service =
                new RecoveryService(
                        server.parts,
                        new PlatformCryptography(),
                        folder,
                        path -> full,
                        new Patience(Duration.ZERO));
        assertThatThrownBy(() -> service.export("anna", file, password()))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.IO))
                .hasMessageContaining("No space left on device");
        assertThat(full.files()).isEmpty();
    }

    private static void assertRefused(ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOf(KeyException.class).hasMessageContaining(text);
    }
}
