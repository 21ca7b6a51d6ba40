/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import io.passbridge.credential.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Seals and opens small secrets under the key set.
 *
 * <p>Guarantees: AES-256-GCM with the whole header authenticated, bound to purpose, owner and
 * field, committing to the key. Any changed bit, moved value or foreign key set is refused. The
 * caller never names a key, a nonce or an algorithm. A service that is always there, thread-safe;
 * while the key set is locked every call fails with {@link KeyException.Kind#LOCKED}. {@link
 * Unlocked} is the service to depend on where that matters.
 */
@ProviderType
public interface Sealing {
    /** The longest secret that can be sealed, in bytes. */
    int MAX_LENGTH = 65_536;

    /** Encrypts under the primary key. The secret stays the caller's to close. */
    SealedValue seal(Secret secret, Binding binding) throws KeyException;

    /**
     * Decrypts under the key that the value names; no other key is tried. The caller closes the
     * secret.
     */
    Secret open(SealedValue value, Binding binding) throws KeyException;
}
