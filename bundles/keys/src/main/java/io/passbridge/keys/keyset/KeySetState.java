/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
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
     */
    record Open(KeySet keySet, KeyRing ring, Secret root, int ownSlot) implements KeySetState {
        @Override
        public Optional<KeySet> known() {
            return Optional.of(keySet);
        }

        Open with(KeySet changed, KeyRing changedRing) {
            return new Open(changed, changedRing, root, ownSlot);
        }
    }
}
