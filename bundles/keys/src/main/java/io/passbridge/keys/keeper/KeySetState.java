/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import java.util.Optional;

/** Whether the key set is open. Immutable; replaced as a whole. */
public sealed interface KeySetState {
    /** What is known of the key set, if anything. */
    Optional<KeySet> known();

    /**
     * Locked.
     *
     * @param known what its file says, unchecked
     * @param reason why, with the remedy
     */
    record Locked(Optional<KeySet> known, KeyException reason) implements KeySetState {}

    /**
     * Open.
     *
     * @param keySet the key set
     * @param ring its keys
     * @param root the root secret, under which the next generation will be written
     * @param ownSlot which slot the protector opened with what it found itself, -1 if a password
     *     was given by hand
     * @param successor the key set that is to take its place, while it is being abandoned
     */
    record Open(KeySet keySet, KeyRing ring, Secret root, int ownSlot, Optional<Open> successor)
            implements KeySetState {
        /** Without a successor. */
        public Open(KeySet keySet, KeyRing ring, Secret root, int ownSlot) {
            this(keySet, ring, root, ownSlot, Optional.empty());
        }

        @Override
        public Optional<KeySet> known() {
            return Optional.of(keySet);
        }

        /** The same with a changed key set. */
        public Open with(KeySet changed, KeyRing changedRing) {
            return new Open(changed, changedRing, root, ownSlot, successor);
        }

        /** The same with a key set that is to take its place. */
        public Open with(Open next) {
            return new Open(keySet, ring, root, ownSlot, Optional.of(next));
        }

        /** Wipes the keys. */
        public void wipe() {
            ring.wipe();
            root.close();
            successor.ifPresent(Open::wipe);
        }
    }
}
