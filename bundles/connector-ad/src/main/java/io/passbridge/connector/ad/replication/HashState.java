/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/** What a replicated object says about its password hash. */
public enum HashState {
    /** The object carries no statement: the password did not change, or the object has none. */
    NOT_SENT,
    /** The hash was removed, as on deletion. */
    CLEARED,
    /** The hash came and its check sum is right. */
    PRESENT,
    /** A hash came and was left sealed, as asked for. */
    SEALED,
    /** A hash came, but no session key opens it; it must be read again. */
    UNREADABLE,
    /** The hash is right, but the Kerberos keys that came with it cannot be opened or decoded. */
    KEYS_UNREADABLE
}
