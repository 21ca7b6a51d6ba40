/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import io.passbridge.credential.Secret;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Unlocking and the protection of the key set. A service, thread-safe. Acts are journalled before
 * they take effect and refused if they cannot be.
 */
@ProviderType
public interface KeySetAccess {
    /** Bytes that a new password of a key set or of an export has at least. */
    int SHORTEST_PASSWORD = 8;

    /** Bytes that it has at most. */
    int LONGEST_PASSWORD = 1_024;

    /**
     * Unlocks the key set. Does nothing if it is unlocked, except to check the password.
     *
     * @param actor who asks: the operating-system user of the shell
     * @param password what the operator gave, or empty to look again where the protector looks
     * @throws KeyException with the reason; the key set is as locked as before
     */
    void unlock(String actor, Optional<Secret> password) throws KeyException;

    /**
     * Whether a password is the one that opens the key set. Changes and records nothing.
     *
     * @param password stays the caller's to close
     * @return empty if that cannot be told: a password alone does not open the key set
     * @throws KeyException with {@link KeyException.Kind#LOCKED}
     */
    Optional<Boolean> opensWith(Secret password) throws KeyException;

    /**
     * Takes the keys out of memory until somebody unlocks the key set again.
     *
     * @param actor who asks
     */
    void lock(String actor) throws KeyException;

    /**
     * Changes the password of the key set. A kill at any instant leaves a key set that opens with
     * the password that its protector finds.
     *
     * @param actor who asks
     * @param password the new password, 8 to 1,024 bytes
     * @return where the new password was put, or where the operator must put it; until it is found
     *     there at a start the old one unlocks too
     */
    Protector.Adoption changePassword(String actor, Secret password) throws KeyException;

    /**
     * Protects the key set with another protector, in one step; the result is opened again before
     * it takes effect.
     *
     * @param actor who asks
     * @param protector the name of the protector to use from now on
     * @param password a password or PIN for it, or empty
     */
    void protectWith(String actor, String protector, Optional<Secret> password) throws KeyException;
}
