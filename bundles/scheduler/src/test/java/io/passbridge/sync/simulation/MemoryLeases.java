/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.store.RouteLeases;
import io.passbridge.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The leases of several servers in one process, by this machine's time. */
public final class MemoryLeases implements RouteLeases {
    private final Map<String, Server> servers = new HashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<String, Lease> leases = new HashMap<>();

    /** What every call fails with. */
    public volatile StoreException down;

    /** Servers that the store does not hear, as if they were stopped or cut off. */
    public final Set<String> unheard = new HashSet<>();

    public volatile Optional<String> elder = Optional.empty();

    @Override
    public boolean shareable() {
        return true;
    }

    private void require(String server) throws StoreException {
        if (down != null) {
            throw down;
        }
        if (unheard.contains(server)) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, server + " is not heard");
        }
    }

    /** Cuts a server off from the store, or lets it speak again. */
    public synchronized void cut(String server, boolean off) {
        if (off) {
            unheard.add(server);
        } else {
            unheard.remove(server);
        }
    }

    /** Gives a route to a server that is there for a long time, whoever holds it. */
    public synchronized void seize(String route, String server) {
        servers.put(server, new Server(server, false, Map.of(route, true)));
        ends.put(server, System.nanoTime() + Duration.ofMinutes(5).toNanos());
        leases.put(route, new Lease(server, lease(route).token() + 1, ""));
    }

    public synchronized Lease lease(String route) {
        return leases.getOrDefault(route, Lease.NONE);
    }

    private Set<String> there() {
        long now = System.nanoTime();
        Set<String> there = new HashSet<>(servers.keySet());
        there.removeIf(server -> now - ends.get(server) >= 0);
        return there;
    }

    @Override
    public synchronized Board renew(Server server, Duration validity) throws StoreException {
        require(server.name());
        servers.put(server.name(), server);
        ends.put(server.name(), System.nanoTime() + validity.toNanos());
        return board();
    }

    @Override
    public synchronized Board board() throws StoreException {
        if (down != null) {
            throw down;
        }
        Map<String, Server> there = new HashMap<>(servers);
        there.keySet().retainAll(there());
        Map<String, Lease> shown = new HashMap<>(leases);
        shown.replaceAll(
                (route, lease) ->
                        there.containsKey(lease.holder())
                                ? lease
                                : new Lease("", lease.token(), lease.wanted()));
        return new Board(there, shown, elder);
    }

    @Override
    public synchronized Board take(Collection<String> wished, String server) throws StoreException {
        require(server);
        for (String route : wished) {
            Lease before = lease(route);
            if (there().contains(server) && !there().contains(before.holder())) {
                String wanted = before.wanted().equals(server) ? server : "";
                leases.put(route, new Lease(server, before.token() + 1, wanted));
            }
        }
        return board();
    }

    @Override
    public synchronized void give(String route, String server) throws StoreException {
        require(server);
        if (lease(route).holder().equals(server)) {
            leases.put(route, new Lease("", lease(route).token(), lease(route).wanted()));
        }
    }

    @Override
    public synchronized void want(String route, String server) throws StoreException {
        require(server);
        leases.put(route, new Lease(lease(route).holder(), lease(route).token(), server));
    }

    @Override
    public synchronized void leave(String server) {
        servers.remove(server);
    }
}
