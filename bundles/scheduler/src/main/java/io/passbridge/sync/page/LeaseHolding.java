/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.sync.route.CycleFailure;

/** Whether this server may run a route, and under which fencing token. */
public interface LeaseHolding {
    /**
     * @return the fencing token
     * @throws CycleFailure if another server holds the route's lease, or it has not been renewed in
     *     time
     */
    long token() throws CycleFailure;

    /** The store said that the token is no longer the latest. */
    void fenced();
}
