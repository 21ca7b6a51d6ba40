/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The lease of the one server that writes what belongs to no route: the accounts' secrets, and
 * whatever a change of the key set touches. A service, thread-safe.
 */
@ProviderType
public interface WriterLease {
    /** The server that holds it now, if any does. */
    Optional<String> holder() throws StoreException;

    /** The servers that hold it or a route now, in the order of their names. */
    SortedSet<String> atWork() throws StoreException;

    /**
     * Takes it and every route for a server, whether or not another one holds them, fencing that
     * one out.
     *
     * @param validity how long the server counts as being there without saying so itself
     */
    void seize(String server, Duration validity) throws StoreException;
}
