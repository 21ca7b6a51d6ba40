/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.store.RouteLeases;
import io.passbridge.store.RouteLeases.Board;
import io.passbridge.store.ServerId;
import io.passbridge.store.StoreException;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.engine.SyncEngine;
import io.passbridge.sync.route.JournalWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Brings routes from the server that runs them to this one, because somebody wants it so. */
final class RouteMoves {
    /** Longer than the page takes that is being written there. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RouteLeases leases;
    private final ServerId own;
    private final Journal journal;

    RouteMoves(RouteLeases leases, ServerId own, Journal journal) {
        this.leases = leases;
        this.own = own;
        this.journal = journal;
    }

    /** The servers that are there, this one included. */
    List<String> servers() throws StoreException {
        return List.copyOf(leases.board().names());
    }

    /**
     * @param routes that this server can run
     * @param everything whether what belongs to no route comes along
     * @return those that the other server has not given back yet; they come when it has
     */
    List<String> bring(List<String> routes, boolean everything, SyncEngine engine, String actor)
            throws SyncException, InterruptedException {
        Set<String> missing = new TreeSet<>(routes);
        missing.removeIf(engine.lease()::holds);
        try {
            String us = own.read();
            Board board = leases.board();
            for (String route : routes) {
                new JournalWriter(journal, route)
                        .act(
                                EventType.LEASE_WANTED,
                                actor,
                                Map.of(
                                        Fact.HOLDER,
                                        board.holder(route).orElse(""),
                                        Fact.SERVER,
                                        us));
                leases.want(route, us);
            }
            if (everything) {
                leases.want(RouteLeases.ADMINISTRATION, us);
            }
        } catch (StoreException | IOException e) {
            throw new SyncException("the store does not answer: " + e.getMessage(), e);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!missing.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            missing.removeIf(engine.lease()::holds);
        }
        return List.copyOf(missing);
    }
}
