/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import io.passbridge.keys.sealed.WatchedCryptography;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged file is told with what is wrong with it, before anything of it is decrypted. */
class KeySetFormatTest {
    private static final Instant THEN = Instant.ofEpochMilli(1_795_000_000_123L);
    private static final UUID ID = UUID.fromString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11");

    private final WatchedCryptography cryptography = new WatchedCryptography();
    private final Secret root = Secret.owning(new byte[32]);
    private final Secret key = Secret.owning(filled());
    private final KeyRing ring = new KeyRing(Map.of(1, key));

    private static byte[] filled() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 5);
        return bytes;
    }

    private KeySet keySet() {
        return new KeySet(
                ID,
                7,
                THEN,
                Optional.empty(),
                Optional.of(THEN),
                List.of(new Slot("passphrase", Slot.Role.CURRENT, new byte[] {1, 2, 3})),
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

    private byte[] file() {
        return KeySetFormat.write(keySet(), FileKind.KEY_SET, ring, root, cryptography);
    }

    /** Places: 4 magic, version, kind, 16 id, 8 generation, 24 times, slots, keys. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0  | 0  | is no key-set file",
                "4  | 2  | has format version 2, which this version of the platform does not know",
                "5  | 9  | a file of kind 9",
                "29 | 0  | its generation is 0",
                "54 | 0  | is damaged",
                "54 | 3  | is damaged",
                "56 | 42 | names no protector",
                "66 | 9  | a protection of role 9",
                "66 | 1  | protection 1 is FORMER_UNDER_WAY",
                "73 | 0  | 0 keys",
                "77 | 0  | key 0 follows key 0",
                "78 | 5  | key 1 is in no known state",
                "78 | -1 | key 1 is in no known state",
                "78 | 0  | 0 primary keys",
                "79 | 4  | key 1 is in no known state"
            })
    void read_ofADamagedHead_saysWhatIsWrong(int place, byte value, String reason) {
        byte[] file = file();
        assertThat(file[place]).isNotEqualTo(value);
        file[place] = value;
        assertThatThrownBy(() -> KeySetFormat.read(file, "the file"))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
                .hasMessageStartingWith("the file ")
                .hasMessageContaining(reason);
    }

    @Test
    void read_ofTheWrongLength_saysHowManyBytesThereShouldBe() {
        byte[] file = file();
        assertThatThrownBy(() -> KeySetFormat.read(Arrays.copyOf(file, file.length + 1), "it"))
                .hasMessageContaining((file.length + 1) + " bytes, not " + file.length);
        assertThatThrownBy(() -> KeySetFormat.read(Arrays.copyOf(file, 60), "it"))
                .hasMessageContaining("it ends too soon");
        byte[] longest = Arrays.copyOf(file, KeySetFormat.MAX_LENGTH);
        assertThatThrownBy(() -> KeySetFormat.read(longest, "it"))
                .hasMessageContaining("bytes, not");
        byte[] longer = Arrays.copyOf(file, KeySetFormat.MAX_LENGTH + 1);
        assertThatThrownBy(() -> KeySetFormat.read(longer, "it"))
                .hasMessage("it is no key-set file");
    }

    @Test
    void times_thatThereAreNot_stayAbsent() throws KeyException {
        ProtectedKeySet read = KeySetFormat.read(file(), "it");
        assertThat(read.keySet()).isEqualTo(keySet());
        assertThat(ByteBuffer.wrap(file()).getLong(38)).as("never exported").isZero();
    }

    /** A nonce that comes twice under one key gives the keys away. */
    @Test
    void saltAndNonce_areNewInEachFile() {
        byte[] one = file();
        byte[] other = file();
        int nonce = one.length - 32 - 16 - 32 - 12;
        int salt = nonce - KeySetFormat.SALT;
        assertThat(Arrays.copyOfRange(one, salt, nonce))
                .isNotEqualTo(Arrays.copyOfRange(other, salt, nonce));
        assertThat(Arrays.copyOfRange(one, nonce, nonce + 12))
                .isNotEqualTo(Arrays.copyOfRange(other, nonce, nonce + 12));
        assertThat(Arrays.copyOf(one, salt)).isEqualTo(Arrays.copyOf(other, salt));
    }

    @Test
    void writeAndOpen_wipeTheKeys() throws KeyException {
        byte[] file = file();
        cryptography.assertWiped(1);
        KeyRing opened = KeySetFormat.read(file, "it").open(root, cryptography.module());
        cryptography.assertWiped(2);
        assertThat(opened.key(1).orElseThrow().sameAs(key)).isTrue();
    }

    /** Nobody but the writer can make such a file; if one did, no key of it would be used. */
    @Test
    void keyThatIsNotTheOneOfItsFingerprint_isRefused() throws KeyException {
        KeySet claimed =
                keySet().withKeys(
                                List.of(
                                        new KeyInfo(
                                                1,
                                                KeyStatus.PRIMARY,
                                                THEN,
                                                THEN,
                                                false,
                                                false,
                                                "0011223344556677")));
        byte[] file = KeySetFormat.write(claimed, FileKind.KEY_SET, ring, root, cryptography);
        ProtectedKeySet read = KeySetFormat.read(file, "it");
        assertThatThrownBy(() -> read.open(root, cryptography.module()))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("key 1 does not have its fingerprint");
        cryptography.assertWiped(2);
    }

    @Test
    void write_withoutTheBytesOfAKey_isRefused() {
        KeyRing none = new KeyRing(Map.of());
        assertThatThrownBy(
                        () ->
                                KeySetFormat.write(
                                        keySet(), FileKind.KEY_SET, none, root, cryptography))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no bytes of key 1");
    }
}
