/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

/** How records stand in a file. */
public enum RecordLayout {
    /** LDIF: lines up to a blank one. */
    BLOCKS,
    /** smbpasswd: one line each. */
    LINES
}
