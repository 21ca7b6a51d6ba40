/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery.Abandonment;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keyset.FakeOwner.Kill;
import io.passbridge.keys.keyset.FaultyFolder;
import io.passbridge.keys.keyset.Server;
import io.passbridge.keys.sealed.SealedHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbandonTest {
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = filled();
    }

    private static Server filled() throws Exception {
        Server server = Server.started();
        server.store("corp", "of corp");
        server.store("cloud", "of cloud");
        return server;
    }

    private static RecoveryService recovery(Server of) {
        return new RecoveryService(
                of.parts,
                new PlatformCryptography(),
                Path.of("unused"),
                DiskFolder::new,
                new Patience(Duration.ZERO));
    }

    private static String id(Server of) {
        return of.keeper.state().known().orElseThrow().id().toString();
    }

    @Test
    void abandon_openKeySet_rescuesWhatOpensAndNamesWhatIsLost() throws Exception {
        server.owner.values.put("corp", server.owner.values.get("cloud"));
        String old = id(server);
        Abandonment result = recovery(server).abandon("anna", old);
        assertThat(result.lost()).containsExactly("connector corp");
        assertThat(result.rescued()).containsExactly("connector cloud");
        assertThat(id(server)).isEqualTo(result.successor()).isNotEqualTo(old);
        assertThat(server.holds("cloud", "of cloud")).isTrue();
        assertThat(server.folder.files()).doesNotContainKey(KeySetFile.NEXT);
    }

    /** What is sealed in the middle belongs to the key set that stays. */
    @Test
    void secretSealedWhileTheKeySetIsAbandoned_opensAfterwards() throws Exception {
        server.folder.failAt(2, new IOException("the disk is full"));
        assertThatThrownBy(() -> recovery(server).abandon("anna", id(server)))
                .isInstanceOf(KeyException.class);
        server.folder.mend();
        assertThat(server.keeper.open().successor()).as("half-way").isPresent();

        server.store("late", "sealed meanwhile");
        assertThat(SealedHeader.of(server.owner.values.get("late").toBytes()).keySetId())
                .isEqualTo(server.keeper.open().successor().orElseThrow().keySet().id());
        recovery(server).abandon("anna", id(server));

        assertThat(server.holds("late", "sealed meanwhile")).isTrue();
        Server again = server.restarted();
        again.keeper.unlock(Optional.empty());
        assertThat(again.holds("late", "sealed meanwhile")).isTrue();
    }

    @Test
    void abandon_wrongConfirmation_isRefused() {
        assertThatThrownBy(() -> recovery(server).abandon("anna", "another id"))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("not another id");
        assertThat(server.holds("corp", "of corp")).isTrue();
    }

    @Test
    void abandon_lockedKeySet_losesTheValuesAndMakesAKeySetThatOpens() throws Exception {
        Server locked = server.restarted();
        locked.protector.place("somebody changed it");
        assertThatThrownBy(() -> locked.keeper.unlock(Optional.empty()))
                .hasMessageContaining("wrong");
        assertThat(recovery(locked).planAbandonment().lost()).hasSize(2);
        recovery(locked).abandon("anna", id(locked));
        locked.store("corp", "set anew");
        Server again = locked.restarted();
        again.keeper.unlock(Optional.empty());
        assertThat(again.holds("corp", "set anew")).isTrue();
    }

    @Test
    void abandon_damagedFile_isPossibleWithoutAnId() throws Exception {
        Server broken = server.restarted();
        broken.folder.files().put(KeySetFile.CURRENT, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> broken.keeper.unlock(Optional.empty()))
                .isInstanceOf(KeyException.class);
        recovery(broken).abandon("anna", "");
        Server again = broken.restarted();
        again.keeper.unlock(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"false, NEVER", "true, NEVER", "false, BEFORE_COMMIT", "false, AFTER_COMMIT"})
    void abandon_killedBetweenAnyTwoWrites_losesNothingAndIsFinishedByTheNextStart(
            boolean half, Kill transaction) throws Exception {
        int killed = 0;
        for (int step = 0; step < 6; step++) {
            Server victim = filled();
            if (transaction == Kill.NEVER) {
                victim.folder.killAt(step, half);
            } else {
                victim.owner.killAt(0, transaction);
            }
            try {
                recovery(victim).abandon("anna", id(victim));
            } catch (FaultyFolder.Killed e) {
                killed++;
            }
            victim.owner.survive();
            Server again = victim.restarted();
            again.keeper.unlock(Optional.empty());
            assertThat(again.holds("corp", "of corp")).isTrue();
            recovery(again).addOwner(again.owner);
            assertThat(again.keeper.open().successor()).isEmpty();
            assertThat(again.folder.files()).doesNotContainKey(KeySetFile.NEXT);
            assertThat(again.holds("corp", "of corp")).isTrue();
            assertThat(again.holds("cloud", "of cloud")).isTrue();
        }
        assertThat(killed).isGreaterThan(3);
    }

    @Test
    void change_whileAnAbandonmentWaits_isRefused() throws Exception {
        server.owner.killAt(0, Kill.BEFORE_COMMIT);
        assertThatThrownBy(() -> recovery(server).abandon("anna", id(server)))
                .isInstanceOf(FaultyFolder.Killed.class);
        Server again = server.restarted();
        again.keeper.unlock(Optional.empty());
        assertThatThrownBy(() -> again.lifeCycle.add("anna", false))
                .hasMessageContaining("keys:abandon again");
    }
}
