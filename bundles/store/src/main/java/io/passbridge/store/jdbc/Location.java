/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.health.Finding;
import io.passbridge.store.StoreException;
import java.util.List;

/** Where a database is, and how it is opened. */
sealed interface Location permits EmbeddedLocation, PostgresLocation {
    /** The database in words, without anything secret. */
    String name();

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws StoreException with the reason and the remedy
     */
    Database open() throws StoreException;

    /** What can be seen of the place without opening anything. */
    List<Finding> inspect();
}
