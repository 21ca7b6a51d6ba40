/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

/** The state of a key. A key set has exactly one primary key. */
public enum KeyStatus {
    /** Known and backed up, but not yet used to seal. */
    PENDING,
    /** Seals new values and opens its own. */
    PRIMARY,
    /** Opens its values, seals no new ones. */
    DECRYPT_ONLY,
    /** Opens nothing until it is enabled again. */
    DISABLED,
    /** Its bytes are gone for ever; the id stays taken. */
    DESTROYED
}
