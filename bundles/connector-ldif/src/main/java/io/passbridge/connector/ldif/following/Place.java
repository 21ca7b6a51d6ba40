/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

/**
 * Somewhere between two records of a file.
 *
 * @param offset bytes before it
 * @param line lines before it
 */
record Place(long offset, long line) {
    static final Place START = new Place(0, 0);
}
