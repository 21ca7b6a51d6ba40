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
import io.passbridge.hash.module.PlatformModule;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class KeySetFormatPropertyTest {
    private final Cryptography cryptography = new PlatformCryptography();
    private final Secret root = Secret.owning(new byte[32]);

    /** Key sets of any states, with exactly one primary key. */
    @Provide
    Arbitrary<List<KeyStatus>> states() {
        Arbitrary<List<KeyStatus>> others =
                Arbitraries.of(
                                KeyStatus.PENDING,
                                KeyStatus.DECRYPT_ONLY,
                                KeyStatus.DISABLED,
                                KeyStatus.DESTROYED)
                        .list()
                        .ofMaxSize(8);
        return Combinators.combine(others, Arbitraries.integers().between(0, 8))
                .as(
                        (list, place) -> {
                            List<KeyStatus> all = new ArrayList<>(list);
                            all.add(Math.min(place, list.size()), KeyStatus.PRIMARY);
                            return all;
                        });
    }

    @Property(tries = 100)
    void read_whatWasWritten_isTheSame(@ForAll("states") List<KeyStatus> states)
            throws KeyException {
        KeySet keySet = keySet(states);
        KeyRing ring = ring(states);
        byte[] file = KeySetFormat.write(keySet, FileKind.KEY_SET, ring, root, cryptography);
        ProtectedKeySet read = KeySetFormat.read(file, "the file");

        assertThat(read.keySet()).isEqualTo(keySet);
        KeyRing opened = read.open(root, cryptography.module());
        for (int id : ring.ids()) {
            assertThat(opened.key(id).orElseThrow().sameAs(ring.key(id).orElseThrow())).isTrue();
        }
        assertThat(opened.ids()).containsExactlyElementsOf(ring.ids());
    }

    @Property(tries = 3)
    void read_anyBitChanged_isRefused(@ForAll("states") List<KeyStatus> states) {
        byte[] file =
                KeySetFormat.write(
                        keySet(states), FileKind.KEY_SET, ring(states), root, cryptography);
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(changed);
        }
    }

    @Example
    void read_truncatedAnywhereOrExtended_isRefused() {
        List<KeyStatus> states = List.of(KeyStatus.PRIMARY, KeyStatus.DESTROYED);
        byte[] file =
                KeySetFormat.write(
                        keySet(states), FileKind.KEY_SET, ring(states), root, cryptography);
        for (int length = 0; length < file.length; length++) {
            assertDamaged(Arrays.copyOf(file, length));
        }
        assertDamaged(Arrays.copyOf(file, file.length + 1));
    }

    @Property(tries = 300)
    void read_anyBytes_isRefusedInAnOrderlyWay(@ForAll @Size(max = 300) byte[] bytes) {
        byte[] file = bytes.clone();
        byte[] start = {'P', 'B', 'K', 'S', 1, 1};
        System.arraycopy(start, 0, file, 0, Math.min(start.length, file.length));
        assertDamaged(file);
    }

    @Example
    void open_underAnotherRoot_isRefused() throws KeyException {
        List<KeyStatus> states = List.of(KeyStatus.PRIMARY);
        byte[] file =
                KeySetFormat.write(
                        keySet(states), FileKind.KEY_SET, ring(states), root, cryptography);
        ProtectedKeySet read = KeySetFormat.read(file, "the file");
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> read.open(Secret.owning(other), cryptography.module()))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("root secret");
    }

    @Property(tries = 200)
    void keySet_withoutExactlyOnePrimary_cannotBeBuilt(
            @ForAll @Size(min = 1, max = 6) List<KeyStatus> states) {
        long primaries = states.stream().filter(s -> s == KeyStatus.PRIMARY).count();
        if (primaries == 1) {
            assertThat(keySet(states).primary().status()).isEqualTo(KeyStatus.PRIMARY);
        } else {
            assertThatThrownBy(() -> keySet(states))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(primaries + " primary keys");
        }
    }

    private void assertDamaged(byte[] file) {
        assertThatThrownBy(
                        () -> KeySetFormat.read(file, "the file").open(root, cryptography.module()))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED));
    }

    private static Secret key(int id) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) id;
        return Secret.owning(bytes);
    }

    private static KeyRing ring(List<KeyStatus> states) {
        Map<Integer, Secret> keys = new TreeMap<>();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i) != KeyStatus.DESTROYED) {
                keys.put(i + 1, key(i + 1));
            }
        }
        return new KeyRing(keys);
    }

    private static KeySet keySet(List<KeyStatus> states) {
        Instant then = Instant.ofEpochMilli(1_795_000_000_123L);
        List<KeyInfo> keys = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            KeyStatus status = states.get(i);
            keys.add(
                    new KeyInfo(
                            i + 1,
                            status,
                            then,
                            then.plusSeconds(i),
                            i % 2 == 1,
                            i % 3 == 2,
                            status == KeyStatus.DESTROYED
                                    ? ""
                                    : KeyRing.fingerprint(new PlatformModule(), key(i + 1))));
        }
        return new KeySet(
                UUID.fromString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11"),
                7,
                then,
                Optional.of(then.plusSeconds(60)),
                Optional.empty(),
                List.of(
                        new Slot("passphrase", Slot.Role.CURRENT, new byte[] {1, 2, 3}),
                        new Slot("token", Slot.Role.FORMER_AWAITED, new byte[] {4})),
                keys);
    }
}
