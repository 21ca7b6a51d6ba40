/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import io.passbridge.credential.Secret;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Single keys in a form that other programs read: PKCS#12 (RFC 7292) with one AES key, as {@code
 * keytool} lists it. It holds no states and no key-set id; a backup is {@link KeyRecovery#export}.
 * A service, thread-safe; acts are journalled before they take effect.
 */
@ProviderType
public interface KeyTransfer {
    /**
     * Writes one key to a new file, reads it again and compares.
     *
     * @param actor who asks
     * @param key its id; neither disabled nor destroyed
     * @param file must not exist
     * @param password 8 to 1,024 bytes of ASCII, which is what all readers of PKCS#12 agree on
     */
    void exportKey(String actor, int key, Path file, Secret password) throws KeyException;

    /**
     * Adds the one AES key of 256 bits that a file holds.
     *
     * @param actor who asks
     * @param pending leave the present primary key in place
     */
    KeyInfo importKey(String actor, Path file, Secret password, boolean pending)
            throws KeyException;
}
