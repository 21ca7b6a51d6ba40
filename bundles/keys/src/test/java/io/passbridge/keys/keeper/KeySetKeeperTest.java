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
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keyset.Server;
import java.io.IOException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeySetKeeperTest {
    @Test
    void unlock_freshServer_makesAKeySetUnderAPasswordOfItsOwn() throws Exception {
        Server server = Server.started();

        assertThat(server.protector.place()).isEqualTo("made by itself");
        assertThat(server.keeper.open().keySet().primary().id()).isEqualTo(1);
        assertThat(server.journal.numbers()).containsExactly(EventType.KEY_SET_CREATED.number());
    }

    @Test
    void unlock_afterRestart_opensWhatWasSealed() throws Exception {
        Server server = Server.started();
        SealedValue value = server.sealing.seal(Server.secret("s3cret"), Server.BINDING);

        Server again = server.restarted();
        again.keeper.unlock(Optional.empty());
        try (Secret opened = again.sealing.open(value, Server.BINDING)) {
            assertThat(opened.sameAs(Server.secret("s3cret"))).isTrue();
        }
    }

    @Test
    void open_locked_isRefusedWithTheReason() {
        Server server = new Server();
        assertKind(Kind.LOCKED, () -> server.sealing.seal(Server.secret("s"), Server.BINDING));
    }

    @Test
    void unlock_wrongPassword_staysLockedUntilTheRightOneIsGiven() throws Exception {
        Server server = Server.started().restarted();
        server.protector.place("another one");
        assertKind(Kind.WRONG_PASSWORD, () -> server.keeper.unlock(Optional.empty()));
        assertThat(server.keeper.state()).isInstanceOf(KeySetState.Locked.class);
        assertThat(server.keeper.state().known()).isPresent();

        server.keeper.unlock(Optional.of(Server.secret("made by itself")));
        assertThat(server.keeper.open().ownSlot()).isEqualTo(-1);
        assertThat(StatusReport.of(server.keeper.state()).remedy()).contains("keys:passwd");
    }

    @Test
    void unlock_openKeySetWithAWrongPassword_saysSoAndStaysOpen() throws Exception {
        Server server = Server.started();
        assertKind(
                Kind.WRONG_PASSWORD,
                () -> server.keeper.unlock(Optional.of(Server.secret("wrong"))));
        assertThat(server.keeper.open()).isNotNull();
    }

    @Test
    void unlock_protectorAbsent_namesItAndTheBundle() throws Exception {
        Server server = Server.started().restarted();
        server.protectors.remove(server.protector);
        assertThatThrownBy(() -> server.keeper.unlock(Optional.empty()))
                .hasMessageContaining("'passphrase' is not there")
                .hasMessageContaining("io.passbridge.keystore.passphrase");
    }

    @Test
    void unlock_damagedFile_isToldApart() throws Exception {
        Server server = Server.started().restarted();
        byte[] file = server.folder.files().get(KeySetFile.CURRENT);
        file[file.length - 1] ^= 1;
        assertKind(Kind.DAMAGED, () -> server.keeper.unlock(Optional.empty()));
    }

    @Test
    void unlock_fileGoneButPreviousThere_makesNoNewKeySet() throws Exception {
        Server server = Server.started();
        server.reprotection.changePassword("tester", Server.secret("new password"));
        Server again = server.restarted();
        again.folder.files().put(KeySetFile.PREVIOUS, new byte[] {1});
        again.folder.files().remove(KeySetFile.CURRENT);
        assertKind(Kind.NO_KEY_SET, () -> again.keeper.unlock(Optional.empty()));
    }

    @Test
    void unlock_diskFullOnFirstStart_leavesNoKeySet() {
        Server server = new Server();
        server.folder.failAt(0, new IOException("No space left on device"));
        assertThatThrownBy(() -> server.keeper.unlock(Optional.empty()))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("nothing was changed");
        assertThat(server.folder.files()).isEmpty();
    }

    @Test
    void close_openKeySet_wipesItsKeys() throws Exception {
        Server server = Server.started();
        Secret key = server.keeper.open().ring().key(1).orElseThrow();
        server.keeper.close(new KeyException(Kind.LOCKED, "the test closed it"));
        assertThatThrownBy(key::toBytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(server.keeper::open).hasMessageContaining("the test closed it");
    }

    @Test
    void toString_containsNoKeyMaterial() throws Exception {
        Server server = Server.started();
        byte[] key = server.keeper.open().ring().key(1).orElseThrow().toBytes();
        assertThat(server.keeper.open().toString())
                .doesNotContain(java.util.HexFormat.of().formatHex(key, 0, 4));
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
