/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.RouteLeases;
import io.passbridge.store.RouteLeases.Board;
import io.passbridge.store.RouteLeases.Lease;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What this server knows of the leases. */
sealed interface LeaseState {
    /** The same, after the store could not be asked. */
    LeaseState unreachable(String why);

    /** Why a route's pages may not be written here; of one that is held, once its time is over. */
    String reason(String route);

    /** Whether it may soon turn out that the route is this server's. */
    default boolean isUndecided(String route) {
        return false;
    }

    /** The token under which a route may be written at a moment of {@link System#nanoTime}. */
    default OptionalLong token(String route, long nanos) {
        return OptionalLong.empty();
    }

    /** What is known of all servers; empty if nothing is. */
    default Optional<Board> board() {
        return Optional.empty();
    }

    /** The same without a lease that this server lost or is giving away. */
    default LeaseState without(String route) {
        return this;
    }

    /** The store has not answered yet. */
    record Undecided() implements LeaseState {
        @Override
        public String reason(String route) {
            return "the route's lease has not been asked for yet";
        }

        @Override
        public boolean isUndecided(String route) {
            return true;
        }

        @Override
        public LeaseState unreachable(String why) {
            return new Nothing(why);
        }
    }

    /** Nothing is held, and nothing is known. */
    record Nothing(String why) implements LeaseState {
        @Override
        public String reason(String route) {
            return why;
        }

        @Override
        public LeaseState unreachable(String reason) {
            return new Nothing(reason);
        }
    }

    /**
     * How all stood.
     *
     * @param us this server
     * @param all how all stood
     * @param until which moment of {@link System#nanoTime} it holds, unless it is renewed
     * @param gone leases that this server has lost or is giving away since
     * @param why it could not be renewed
     */
    record Known(String us, Board all, long until, Set<String> gone, String why)
            implements LeaseState {
        Known(String us, Board all, long until) {
            this(us, all, until, Set.of(), "the route's lease was not renewed in time");
        }

        @Override
        public LeaseState unreachable(String reason) {
            return new Known(us, all, until, gone, reason);
        }

        @Override
        public Optional<Board> board() {
            return Optional.of(all);
        }

        @Override
        public OptionalLong token(String route, long nanos) {
            return nanos - until < 0 && isOurs(route)
                    ? OptionalLong.of(all.lease(route).token())
                    : OptionalLong.empty();
        }

        boolean isOurs(String route) {
            return !gone.contains(route) && all.holder(route).filter(us::equals).isPresent();
        }

        /** The routes that this server holds, whether or not their time is over. */
        Set<String> ours() {
            Set<String> routes = new TreeSet<>(all.leases().keySet());
            routes.remove(RouteLeases.ADMINISTRATION);
            routes.removeIf(route -> !isOurs(route));
            return routes;
        }

        @Override
        public boolean isUndecided(String route) {
            return all.holder(route).isEmpty();
        }

        @Override
        public String reason(String route) {
            if (isOurs(route)) {
                return why;
            }
            return all.holder(route)
                    .filter(holder -> !holder.equals(us))
                    .map(holder -> "the route's lease is held by " + holder)
                    .orElse("another server is about to take the route over");
        }

        @Override
        public LeaseState without(String route) {
            Set<String> more = new HashSet<>(gone);
            more.add(route);
            return new Known(us, all, until, Set.copyOf(more), why);
        }

        /**
         * Whether somebody has asked that another server gets a route, and that server is there.
         */
        boolean isWantedElsewhere(String route) {
            Lease lease = all.lease(route);
            return isOurs(route)
                    && !lease.wanted().equals(us)
                    && all.servers().containsKey(lease.wanted())
                    && all.servers().get(lease.wanted()).routes().containsKey(route);
        }
    }
}
