/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/** What is done with the password hashes of a page. */
public enum Hashes {
    /** Each is decrypted. */
    OPENED,
    /** None is; for a page that only tells who changed. */
    SEALED
}
