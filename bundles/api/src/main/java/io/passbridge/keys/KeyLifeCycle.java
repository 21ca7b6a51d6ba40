/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The life cycle of keys. A service, thread-safe. Every act is journalled before it takes effect
 * and refused if it cannot be, is refused while the key set is locked, and is crash-safe: the key
 * set on disk is the one before or the one after.
 */
@ProviderType
public interface KeyLifeCycle {
    /**
     * Makes a new key.
     *
     * @param actor who asks
     * @param pending leave the present primary key in place until {@link #promote}
     */
    KeyInfo add(String actor, boolean pending) throws KeyException;

    /** Makes a pending or decrypt-only key primary; the one before becomes decrypt-only. */
    KeyInfo promote(String actor, int key) throws KeyException;

    /** Stops a key that is not primary from opening values. */
    KeyInfo disable(String actor, int key) throws KeyException;

    /** Lets a disabled key open values again. */
    KeyInfo enable(String actor, int key) throws KeyException;

    /** Marks a key as known to others; it cannot be primary any more once another one is. */
    KeyInfo markCompromised(String actor, int key) throws KeyException;

    /**
     * Changes nothing, and refuses whatever {@link #destroy} would refuse now.
     *
     * @return the key that would be destroyed
     */
    KeyInfo planDestroy(int key) throws KeyException;

    /**
     * Destroys a disabled key under which no value is sealed any more. There is no way back but an
     * export made before.
     */
    KeyInfo destroy(String actor, int key) throws KeyException;
}
