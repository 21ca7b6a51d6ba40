/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which of the servers on this store runs which route. A server says again and again that it is
 * there; what it has taken is its own for as long as that holds. Each time a lease gets another
 * holder its fencing token rises, and every write of a route's state carries the token. What is
 * fair is not decided here. A service, thread-safe; times are the database's own.
 */
@ProviderType
public interface RouteLeases {
    /** The lease of the server that writes what belongs to no route; no route has this name. */
    String ADMINISTRATION = "*";

    /** Whether another server can be on this store at all. */
    boolean shareable();

    /**
     * Says that a server is there. Whatever it holds it goes on holding.
     *
     * @param server this server
     * @param validity how long that holds unless it is said again
     * @return how all stands, this server included
     */
    Board renew(Server server, Duration validity) throws StoreException;

    /** How all stands. */
    Board board() throws StoreException;

    /**
     * Takes leases that nobody holds, or only a server that is gone. A holder that takes one again
     * keeps its token.
     *
     * @param wished routes, or {@link #ADMINISTRATION}
     * @param server a server that has said that it is there
     * @return how all stands then; what could not be had is another's
     */
    Board take(Collection<String> wished, String server) throws StoreException;

    /** Gives a lease back; nothing happens if the server does not hold it. */
    void give(String lease, String server) throws StoreException;

    /**
     * Asks that a server gets a lease and keeps it for as long as it is there. The present holder
     * gives it back when it can.
     */
    void want(String lease, String server) throws StoreException;

    /** The server is going: all that it holds is free at once. */
    void leave(String server) throws StoreException;

    /**
     * A server that is there.
     *
     * @param name its name in the store
     * @param standby whether it takes routes only when no other server is there
     * @param routes that it could run; true for those of which it can use both ends
     */
    record Server(String name, boolean standby, Map<String, Boolean> routes) {
        public Server {
            routes = Map.copyOf(routes);
        }
    }

    /**
     * A lease.
     *
     * @param holder the server that holds it; empty if nobody does
     * @param token the fencing token of the latest holder; it rises with each holder, and none is
     *     given twice
     * @param wanted the server that somebody asked it for; empty if nobody did
     */
    record Lease(String holder, long token, String wanted) {
        /** What was never held. */
        public static final Lease NONE = new Lease("", 0, "");
    }

    /**
     * How all stands at one moment.
     *
     * @param servers those that are there, by name
     * @param leases by route, {@link #ADMINISTRATION} among them; a holder that is gone is none
     * @param elder a server of an earlier release that holds the one lease of its time: nobody else
     *     may take anything until it has gone
     */
    record Board(Map<String, Server> servers, Map<String, Lease> leases, Optional<String> elder) {
        public Board {
            servers = Map.copyOf(servers);
            leases = Map.copyOf(leases);
        }

        /** A route's lease, also if it was never held. */
        public Lease lease(String route) {
            return leases.getOrDefault(route, Lease.NONE);
        }

        /** Who holds a lease, if anybody does. */
        public Optional<String> holder(String lease) {
            return elder.or(() -> Optional.of(lease(lease).holder()).filter(h -> !h.isEmpty()));
        }

        /** The servers that are known to be there, one of an earlier release included. */
        public Set<String> names() {
            Set<String> names = new TreeSet<>(servers.keySet());
            elder.ifPresent(names::add);
            return names;
        }
    }
}
