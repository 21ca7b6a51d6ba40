/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.ring;

import io.passbridge.event.Fact;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A key set without its keys' bytes: immutable, and impossible to build in a state that breaks its
 * rules, so that every parse checks them.
 *
 * @param id its id, for ever
 * @param generation how often it was written; 0 before the first time
 * @param created when it was made
 * @param exported when it was last exported
 * @param drilled when a restore was last rehearsed
 * @param slots how the root secret is protected; the second one only while a password change is
 *     under way
 * @param keys by ascending id, destroyed ones included
 */
public record KeySet(
        UUID id,
        long generation,
        Instant created,
        Optional<Instant> exported,
        Optional<Instant> drilled,
        List<Slot> slots,
        List<KeyInfo> keys) {
    /** So many keys at most, destroyed ones included. */
    public static final int MAX_KEYS = 1_000;

    /** So many protected forms of the root secret at most. */
    public static final int MAX_SLOTS = 2;

    public KeySet {
        slots = List.copyOf(slots);
        keys = List.copyOf(keys);
        check(generation >= 0, "its generation is " + generation);
        check(!slots.isEmpty() && slots.size() <= MAX_SLOTS, slots.size() + " protections");
        for (int i = 0; i < slots.size(); i++) {
            check(
                    (i == 0) == (slots.get(i).role() == Slot.Role.CURRENT),
                    "protection " + (i + 1) + " is " + slots.get(i).role());
        }
        check(!keys.isEmpty() && keys.size() <= MAX_KEYS, keys.size() + " keys");
        int previous = 0;
        Set<String> fingerprints = new HashSet<>();
        int primaries = 0;
        for (KeyInfo key : keys) {
            check(key.id() > previous, "key " + key.id() + " follows key " + previous);
            previous = key.id();
            boolean destroyed = key.status() == KeyStatus.DESTROYED;
            check(
                    destroyed == key.fingerprint().isEmpty(),
                    "key " + key.id() + " has a state that its fingerprint contradicts");
            check(
                    destroyed || fingerprints.add(key.fingerprint()),
                    "key " + key.id() + " is there twice");
            primaries += key.status() == KeyStatus.PRIMARY ? 1 : 0;
        }
        check(primaries == 1, primaries + " primary keys");
    }

    private static void check(boolean holds, String violation) {
        if (!holds) {
            throw new IllegalArgumentException("no key set: " + violation);
        }
    }

    /** The key that seals new values. */
    public KeyInfo primary() {
        return keys.stream()
                .filter(key -> key.status() == KeyStatus.PRIMARY)
                .findFirst()
                .orElseThrow(NoSuchElementException::new);
    }

    /** Where it stands, as facts for the journal. */
    public Map<Fact, String> position() {
        return Map.of(
                Fact.GENERATION,
                Long.toString(generation),
                Fact.PRIMARY,
                primary().id() + " " + primary().fingerprint());
    }

    /** The key of an id. */
    public Optional<KeyInfo> key(int keyId) {
        return keys.stream().filter(key -> key.id() == keyId).findFirst();
    }

    /** When the newest key was made. */
    public Instant newestKey() {
        return keys.stream()
                .map(KeyInfo::created)
                .max(Instant::compareTo)
                .orElseThrow(NoSuchElementException::new);
    }

    /** The same with other keys. */
    public KeySet withKeys(List<KeyInfo> changed) {
        return new KeySet(id, generation, created, exported, drilled, slots, changed);
    }

    /** The same with other protections. */
    public KeySet withSlots(List<Slot> changed) {
        return new KeySet(id, generation, created, exported, drilled, changed, keys);
    }

    /** The same, exported at the given time. */
    public KeySet withExported(Instant at) {
        return new KeySet(id, generation, created, Optional.of(at), drilled, slots, keys);
    }

    /** The same, with a restore rehearsed at the given time. */
    public KeySet withDrilled(Instant at) {
        return new KeySet(id, generation, created, exported, Optional.of(at), slots, keys);
    }

    /** The same as the next generation. */
    public KeySet next() {
        return new KeySet(id, generation + 1, created, exported, drilled, slots, keys);
    }
}
