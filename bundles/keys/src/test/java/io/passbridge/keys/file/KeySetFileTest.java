/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.keyset.FaultyFolder;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which file is where, before and after each act. */
class KeySetFileTest {
    private static final Instant THEN = Instant.ofEpochSecond(1_000);
    private static final String NEW_PREVIOUS = "keyset.previous.new";

    private final Cryptography cryptography = new PlatformCryptography();
    private final FaultyFolder folder = new FaultyFolder();
    private final KeySetFile file = new KeySetFile(folder, cryptography);
    private final Secret root = Secret.owning(new byte[32]);
    private final Secret key = Secret.owning(new byte[32]);
    private final KeyRing ring = new KeyRing(Map.of(1, key));

    private KeySet keySet() {
        return new KeySet(
                new UUID(1, 2),
                0,
                THEN,
                Optional.empty(),
                Optional.empty(),
                List.of(new Slot("passphrase", Slot.Role.CURRENT, new byte[] {1})),
                List.of(
                        new KeyInfo(
                                1,
                                KeyStatus.PRIMARY,
                                THEN,
                                THEN,
                                false,
                                false,
                                KeyRing.fingerprint(cryptography.module(), key))));
    }

    private KeySet written() throws KeyException {
        return file.replace(keySet(), ring, root, Previous.KEPT);
    }

    @Test
    void replace_keepsTheFormerGeneration_orErasesIt() throws Exception {
        assertThat(file.load()).isEmpty();
        KeySet first = written();
        assertThat(folder.files().keySet()).containsExactly(KeySetFile.CURRENT);
        byte[] former = folder.files().get(KeySetFile.CURRENT);
        KeySet second = file.replace(first, ring, root, Previous.KEPT);
        assertThat(second.generation()).isEqualTo(2);
        assertThat(file.load().orElseThrow().keySet()).isEqualTo(second);
        assertThat(folder.files().get(KeySetFile.PREVIOUS)).isEqualTo(former);
        folder.files().put(NEW_PREVIOUS, former);
        file.replace(second, ring, root, Previous.ERASED);
        assertThat(folder.files().keySet()).containsExactly(KeySetFile.CURRENT);
        assertThat(file.describe()).isEqualTo("memory/keyset.pbks");
    }

    @Test
    void successor_waitsBesideThePresentOne_untilItSucceedsOrIsDropped() throws Exception {
        written();
        byte[] present = folder.files().get(KeySetFile.CURRENT);
        KeySet other = keySet().next().next().next();
        assertThat(file.successor()).isEmpty();
        file.writeSuccessor(other, ring, root);
        assertThat(folder.files().get(KeySetFile.CURRENT)).isEqualTo(present);
        assertThat(file.successor().orElseThrow().keySet()).isEqualTo(other);
        file.dropSuccessor();
        assertThat(folder.files().keySet()).containsExactly(KeySetFile.CURRENT);
        file.writeSuccessor(other, ring, root);
        file.succeed();
        assertThat(file.load().orElseThrow().keySet()).isEqualTo(other);
        assertThat(folder.files().get(KeySetFile.PREVIOUS)).isEqualTo(present);
        assertThat(folder.files().keySet())
                .containsExactlyInAnyOrder(KeySetFile.CURRENT, KeySetFile.PREVIOUS);
    }

    @Test
    void diskThatIsFull_isNamedByEachAct_withTheReason() throws Exception {
        KeySet first = written();
        file.writeSuccessor(first.next(), ring, root);
        folder.failAt(0, new IOException());
        for (ThrowingAct act :
                List.<ThrowingAct>of(
                        () -> file.replace(first, ring, root, Previous.KEPT),
                        () -> file.writeSuccessor(first, ring, root),
                        file::succeed,
                        file::dropSuccessor)) {
            assertThatThrownBy(act::run)
                    .isInstanceOfSatisfying(
                            KeyException.class,
                            e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.IO))
                    .hasMessageContaining("memory/keyset.new (IOException); nothing was changed");
        }
    }

    private interface ThrowingAct {
        void run() throws KeyException;
    }

    @Test
    void export_isNotTakenForAServersOwn() {
        folder.files()
                .put(
                        KeySetFile.CURRENT,
                        KeySetFormat.write(
                                keySet().next(), FileKind.EXPORT, ring, root, cryptography));
        assertThatThrownBy(file::load)
                .hasMessageContaining("is an export, not a server's key set")
                .hasMessageContaining("keys:activate it");
    }
}
