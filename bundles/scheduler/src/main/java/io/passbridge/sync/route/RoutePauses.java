/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.Pause;
import io.passbridge.sync.SyncException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which routes are paused and why. The store knows, so that a pause survives a restart and holds
 * for the server that takes over; it is asked about a route once a second at most.
 */
public final class RoutePauses {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final SyncState state;
    private final LongSupplier nanos;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Optional<Pause> pause, long at) {}

    public RoutePauses(SyncState state) {
        this(state, System::nanoTime);
    }

    /**
     * @param nanos the time, from any origin
     */
    public RoutePauses(SyncState state, LongSupplier nanos) {
        this.state = state;
        this.nanos = nanos;
    }

    public Optional<Pause> of(String route) {
        return known.compute(
                        route,
                        (name, before) ->
                                before != null && nanos.getAsLong() - before.at() < FRESH
                                        ? before
                                        : ask(name, before))
                .pause();
    }

    /** A store that does not answer does not resume a route. */
    private Known ask(String route, Known before) {
        try {
            return new Known(state.pause(route), nanos.getAsLong());
        } catch (StoreException e) {
            return new Known(before == null ? Optional.empty() : before.pause(), nanos.getAsLong());
        }
    }

    public void pause(String route, Pause pause) throws SyncException {
        set(route, Optional.of(pause), "paused");
    }

    public void resume(String route) throws SyncException {
        set(route, Optional.empty(), "resumed");
    }

    private void set(String route, Optional<Pause> pause, String what) throws SyncException {
        try {
            state.setPause(route, pause);
        } catch (StoreException e) {
            throw new SyncException(
                    "route %s cannot be %s: %s".formatted(route, what, e.getMessage()), e);
        }
        known.put(route, new Known(pause, nanos.getAsLong()));
    }
}
