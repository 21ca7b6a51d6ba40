/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

/** Whether a target holds what the source holds of somebody who is in step. */
public enum Parity {
    /** The target holds a digest of the source's present password, and verifies it. */
    SAME,
    /**
     * The target shows no digest, but says that its password came with the present version of the
     * source.
     */
    BY_VERSION,
    /** The target holds something else: another password, none, or another state of the account. */
    DIFFERENT,
    /** The target has no such user. */
    ABSENT,
    /** A change is on its way, so that nothing can be said until it has arrived. */
    MOVING,
    /** Nobody can tell; the reason says why. */
    UNKNOWN;

    /** Whether somebody has to look into it. */
    public boolean isDoubt() {
        return this == DIFFERENT || this == ABSENT || this == UNKNOWN;
    }

    /** Whether writing the password again may mend it. */
    public boolean isBroken() {
        return this == DIFFERENT || this == ABSENT;
    }
}
