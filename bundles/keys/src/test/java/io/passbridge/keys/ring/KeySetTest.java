/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.Protector;
import io.passbridge.keys.ring.Slot.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private static final UUID ID = UUID.fromString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11");
    private static final Instant THEN = Instant.ofEpochSecond(1_000);
    private static final Slot CURRENT = new Slot("passphrase", Role.CURRENT, new byte[] {1});
    private static final Slot FORMER = new Slot("token", Role.FORMER_AWAITED, new byte[] {2});
    private static final KeyInfo PRIMARY = key(1, KeyStatus.PRIMARY, "aa");

    private static KeyInfo key(int id, KeyStatus status, String fingerprint) {
        return new KeyInfo(id, status, THEN.plusSeconds(id), THEN, false, false, fingerprint);
    }

    private static KeySet keySet(long generation, List<Slot> slots, List<KeyInfo> keys) {
        return new KeySet(ID, generation, THEN, Optional.empty(), Optional.empty(), slots, keys);
    }

    private static void assertNone(String why, long generation, List<Slot> slots, KeyInfo... keys) {
        assertThatThrownBy(() -> keySet(generation, slots, List.of(keys)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no key set: " + why);
    }

    @Test
    void whatCannotBeAKeySet_isNotBuilt() {
        List<Slot> one = List.of(CURRENT);
        assertThat(keySet(0, one, List.of(PRIMARY)).generation()).isZero();
        assertNone("its generation is -1", -1, one, PRIMARY);
        assertNone("0 protections", 1, List.of(), PRIMARY);
        assertNone("3 protections", 1, List.of(CURRENT, FORMER, FORMER), PRIMARY);
        assertNone("protection 1 is FORMER_AWAITED", 1, List.of(FORMER), PRIMARY);
        assertNone("protection 2 is CURRENT", 1, List.of(CURRENT, CURRENT), PRIMARY);
        assertNone("0 keys", 1, one);
        KeyInfo again = key(1, KeyStatus.PENDING, "bb");
        assertNone("key 1 follows key 1", 1, one, PRIMARY, again);
        KeyInfo gone = key(2, KeyStatus.DESTROYED, "bb");
        KeyInfo bare = key(2, KeyStatus.PENDING, "");
        String contradicts = "key 2 has a state that its fingerprint contradicts";
        assertNone(contradicts, 1, one, PRIMARY, gone);
        assertNone(contradicts, 1, one, PRIMARY, bare);
        assertNone("key 2 is there twice", 1, one, PRIMARY, key(2, KeyStatus.PENDING, "aa"));
        assertNone("2 primary keys", 1, one, PRIMARY, key(2, KeyStatus.PRIMARY, "bb"));
    }

    @Test
    void thousandKeys_areTheMost() {
        List<KeyInfo> keys = new ArrayList<>(List.of(PRIMARY));
        for (int id = 2; id <= 1_000; id++) {
            keys.add(key(id, KeyStatus.DESTROYED, ""));
        }
        assertThat(keySet(1, List.of(CURRENT, FORMER), keys).keys()).hasSize(1_000);
        keys.add(key(1_001, KeyStatus.DESTROYED, ""));
        assertThatThrownBy(() -> keySet(1, List.of(CURRENT), keys))
                .hasMessageEndingWith("1001 keys");
    }

    @Test
    void keySet_knowsItsKeys_andWhereItStands() {
        KeyInfo newer = key(3, KeyStatus.PENDING, "bb");
        KeySet keySet = keySet(4, List.of(CURRENT), List.of(PRIMARY, newer));
        assertThat(keySet.key(3)).contains(newer);
        assertThat(keySet.key(2)).isEmpty();
        assertThat(keySet.newestKey()).isEqualTo(newer.created());
        assertThat(keySet.position()).isEqualTo(Map.of(Fact.GENERATION, "4", Fact.PRIMARY, "1 aa"));
        KeyInfo second = key(2, KeyStatus.PRIMARY, "cc");
        KeyInfo first = key(1, KeyStatus.DECRYPT_ONLY, "aa");
        assertThat(keySet(4, List.of(CURRENT), List.of(first, second)).primary()).isEqualTo(second);
        assertThat(keySet.next().generation()).isEqualTo(5);
        assertThat(keySet.withExported(THEN).exported()).contains(THEN);
        assertThat(keySet.withDrilled(THEN).drilled()).contains(THEN);
        assertThat(keySet.withSlots(List.of(CURRENT, FORMER)).slots()).hasSize(2);
        assertThat(keySet.withKeys(List.of(PRIMARY)).keys()).containsExactly(PRIMARY);
    }

    @Test
    void slot_isACopy_andShowsNothingOfIt() {
        byte[] root = {1};
        Slot slot = new Slot("passphrase", Role.CURRENT, root);
        root[0] = 9;
        assertThat(slot)
                .isEqualTo(CURRENT)
                .hasSameHashCodeAs(CURRENT)
                .isNotEqualTo(slot.as(Role.FORMER_AWAITED))
                .isNotEqualTo(new Slot("token", Role.CURRENT, new byte[] {1}))
                .isNotEqualTo(new Slot("passphrase", Role.CURRENT, new byte[] {2}))
                .isNotEqualTo("slot")
                .hasToString("Slot[passphrase, CURRENT]");
        assertThat(slot.hashCode())
                .isEqualTo(31 * "passphrase".hashCode() + Arrays.hashCode(new byte[] {1}));
        assertThat(slot.as(Role.FORMER_AWAITED).role()).isEqualTo(Role.FORMER_AWAITED);
        for (Role role : Role.values()) {
            assertThat(Role.of(role.code())).isEqualTo(role);
        }
    }

    @Test
    void slot_holdsAsMuchAsProtectorsMayGive() {
        int most = Protector.MAX_PROTECTED_LENGTH;
        assertThat(new Slot("a", Role.CURRENT, new byte[most]).protectedRoot()).hasSize(most);
        assertThatThrownBy(() -> new Slot("a", Role.CURRENT, new byte[most + 1]))
                .hasMessageContaining((most + 1) + " bytes");
        assertThatThrownBy(() -> new Slot("a", Role.CURRENT, new byte[0]))
                .hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> new Slot("A\n", Role.CURRENT, new byte[1]))
                .hasMessage("no key set: 'A?' names no protector");
    }

    @Test
    void ring_givesItsKeys_andWipesThem() {
        Secret one = Secret.owning(new byte[32]);
        Secret two = Secret.owning(new byte[32]);
        KeyRing ring = new KeyRing(Map.of(2, two)).with(1, one);
        assertThat(ring.ids()).containsExactly(1, 2);
        assertThat(ring.key(1)).contains(one);
        assertThat(ring).hasToString("KeyRing[1, 2]");
        assertThat(ring.without(1).ids()).containsExactly(2);
        assertThat(one.length()).as("left out, not wiped").isEqualTo(32);
        ring.wipe();
        assertThatThrownBy(one::length).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(two::length).isInstanceOf(IllegalStateException.class);
    }
}
