/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.util.Map;

/** This server's routes, as whoever keeps their leases sees them. */
interface LeasedRoutes {
    /** Those that could run here; true for those of which both ends can be used now. */
    Map<String, Boolean> runnable();

    /** Whether a route does nothing at this moment. Without a lease it begins nothing either. */
    boolean isIdle(String route);

    /** The route is this server's from now on. */
    void acquired(String route);
}
