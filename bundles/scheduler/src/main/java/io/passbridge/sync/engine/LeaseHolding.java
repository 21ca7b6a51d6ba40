/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

/** Whether this server may export, and under which fencing token. */
interface LeaseHolding {
    /**
     * @return the fencing token
     * @throws CycleFailure if the lease is held by another server or has not been renewed in time
     */
    long token() throws CycleFailure;

    /** The store said that the token is no longer the latest. */
    void fenced();
}
