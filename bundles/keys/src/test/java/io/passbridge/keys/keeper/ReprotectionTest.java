/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.Protector;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keyset.FakeProtector;
import io.passbridge.keys.keyset.FaultyFolder;
import io.passbridge.keys.keyset.Server;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReprotectionTest {
    private static final int MORE_STEPS_THAN_THERE_ARE = 40;

    @Test
    void changePassword_thenRestart_opensWithTheNewOneOnly() throws Exception {
        Server server = Server.started();
        Protector.Adoption adoption =
                server.reprotection.changePassword("anna", Server.secret("new password"));
        assertThat(adoption.stored()).isTrue();
        assertThat(server.protector.place()).isEqualTo("new password");
        assertThat(server.keeper.open().keySet().slots()).hasSize(1);
        assertThat(server.folder.files()).doesNotContainKey(KeySetFile.PREVIOUS);

        Server again = server.restarted();
        assertThatThrownBy(() -> again.keeper.unlock(Optional.of(Server.secret("made by itself"))))
                .isInstanceOf(KeyException.class);
        again.keeper.unlock(Optional.empty());
    }

    @Test
    void changePassword_operatorMustStoreIt_bothUnlockUntilTheNewOneIsFound() throws Exception {
        Server server = Server.started();
        server.protector.operatorStores();
        assertThat(
                        server.reprotection
                                .changePassword("anna", Server.secret("new password"))
                                .stored())
                .isFalse();

        Server withOld = server.restarted();
        withOld.keeper.unlock(Optional.empty());
        assertThat(withOld.keeper.open().keySet().slots()).hasSize(2);
        assertThat(StatusReport.of(withOld.keeper.state()).passwordPending()).isTrue();

        server.protector.place("new password");
        Server withNew = withOld.restarted();
        withNew.keeper.unlock(Optional.empty());
        assertThat(withNew.keeper.open().keySet().slots()).hasSize(1);
    }

    @Test
    void unlock_changeToBeFinishedButDiskFull_opensAllTheSame() throws Exception {
        Server server = Server.started();
        server.protector.operatorStores();
        server.reprotection.changePassword("anna", Server.secret("new password"));
        server.protector.place("new password");
        Server again = server.restarted();
        again.folder.failAt(0, new IOException("No space left on device"));
        again.keeper.unlock(Optional.empty());
        assertThat(again.keeper.open().keySet().slots()).hasSize(2);
        Server third = again.restarted();
        third.keeper.unlock(Optional.empty());
        assertThat(third.keeper.open().keySet().slots()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changePassword_killedBetweenAnyTwoWrites_opensWithWhatIsInPlaceAndSettles(boolean half)
            throws Exception {
        int killed = 0;
        for (int step = 0; step < MORE_STEPS_THAN_THERE_ARE; step++) {
            Server server = Server.started();
            SealedValue value = server.sealing.seal(Server.secret("kept"), Server.BINDING);
            server.folder.killAt(step, half);
            try {
                server.reprotection.changePassword("anna", Server.secret("new password"));
            } catch (FaultyFolder.Killed e) {
                killed++;
            }
            Server again = server.restarted();
            again.keeper.unlock(Optional.empty());
            assertThat(again.keeper.open().keySet().slots()).hasSize(1);
            try (Secret opened = again.sealing.open(value, Server.BINDING)) {
                assertThat(opened.sameAs(Server.secret("kept"))).isTrue();
            }
            Server third = again.restarted();
            third.keeper.unlock(Optional.empty());
        }
        assertThat(killed).isBetween(5, MORE_STEPS_THAN_THERE_ARE - 1);
    }

    @Test
    void changePassword_journalCannotBeWritten_isRefusedAndNothingChanges() throws Exception {
        Server server = Server.started();
        server.journal.refuse(true);
        assertThatThrownBy(
                        () -> server.reprotection.changePassword("anna", Server.secret("12345678")))
                .hasMessageContaining("the event journal cannot be written");
        assertThat(server.protector.place()).isEqualTo("made by itself");
        server.restarted().keeper.unlock(Optional.empty());
    }

    @Test
    void changePassword_tooShort_isRefusedWithTheLimits() throws Exception {
        Server server = Server.started();
        assertThatThrownBy(
                        () -> server.reprotection.changePassword("anna", Server.secret("1234567")))
                .hasMessageContaining("7 bytes")
                .hasMessageContaining("8 to 1024");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void protectWith_killedBetweenAnyTwoWrites_opensUnderOneOfThem(boolean half) throws Exception {
        for (int step = 0; step < 10; step++) {
            Server server = Server.started();
            FakeProtector token = new FakeProtector("token", "pin");
            server.protectors.add(token);
            server.folder.killAt(step, half);
            try {
                server.reprotection.protectWith("anna", "token", Optional.empty());
            } catch (FaultyFolder.Killed e) {
                assertThat(step).isLessThan(9);
            }
            Server again = server.restarted();
            again.protectors.add(token);
            again.keeper.unlock(Optional.empty());
            assertThat(again.keeper.open().keySet().slots()).hasSize(1);
        }
    }

    @Test
    void protectWith_anotherProtector_isJournalledAndInForce() throws Exception {
        Server server = Server.started();
        server.protectors.add(new FakeProtector("token", "pin"));
        server.reprotection.protectWith("anna", "token", Optional.empty());
        assertThat(server.keeper.open().keySet().slots().get(0).protector()).isEqualTo("token");
        assertThat(server.journal.numbers()).contains(EventType.PROTECTOR_CHANGED.number());
        assertThat(server.journal.records.get(1).actor()).isEqualTo("anna");
    }

    @Test
    void protectWith_absentProtector_isRefusedAndSaysWhichThereAre() throws Exception {
        Server server = Server.started();
        assertThatThrownBy(() -> server.reprotection.protectWith("anna", "tpm", Optional.empty()))
                .hasMessageContaining("'tpm' is not there (there are: passphrase)");
    }
}
