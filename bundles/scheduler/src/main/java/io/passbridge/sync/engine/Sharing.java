/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.RouteLeases;
import io.passbridge.store.RouteLeases.Board;
import io.passbridge.store.RouteLeases.Lease;
import io.passbridge.store.RouteLeases.Server;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is fair: which leases a server takes, and which one it gives away. Every server comes to the
 * same answer from the same board, so that they need not speak to each other. Where they see
 * different boards, the store lets one of them have it. Immutable.
 *
 * @param us this server
 * @param board how all stands
 */
record Sharing(String us, Board board) {
    /** What nobody holds and falls to this server. */
    Set<String> toTake() {
        Set<String> mine = new TreeSet<>();
        if (board.elder().isPresent() || !board.servers().containsKey(us)) {
            return mine;
        }
        Map<String, Integer> loads = loads();
        for (String lease : free()) {
            String heir = heir(lease, loads);
            loads.merge(heir, lease.equals(RouteLeases.ADMINISTRATION) ? 0 : 1, Integer::sum);
            if (heir.equals(us)) {
                mine.add(lease);
            }
        }
        return mine;
    }

    /**
     * The one lease that another server should have. One at a time: as long as something is free,
     * nothing more is given away.
     *
     * @param idle whether a route does nothing at this moment
     * @param removed whether a route is no longer this server's to run
     */
    Optional<String> toGive(Predicate<String> idle, Predicate<String> removed) {
        if (board.elder().isPresent() || !board.servers().containsKey(us) || !free().isEmpty()) {
            return Optional.empty();
        }
        List<String> ours =
                board.leases().keySet().stream()
                        .filter(lease -> board.lease(lease).holder().equals(us))
                        .sorted()
                        .filter(idle)
                        .toList();
        return ours.stream()
                .filter(lease -> removed.test(lease) || isOwedToAnother(lease))
                .findFirst()
                .or(() -> ours.stream().filter(this::evensOut).findFirst());
    }

    /** Somebody asked for it, or this server only stands in. */
    private boolean isOwedToAnother(String lease) {
        String wanted = board.lease(lease).wanted();
        if (canRun(wanted, lease)) {
            return !wanted.equals(us);
        }
        return board.servers().get(us).standby()
                && others(lease).anyMatch(server -> !server.standby() && isReady(server, lease));
    }

    /** Somebody else who can run it has two routes less. */
    private boolean evensOut(String lease) {
        if (lease.equals(RouteLeases.ADMINISTRATION)
                || board.servers().get(us).standby()
                || board.lease(lease).wanted().equals(us)) {
            return false;
        }
        Map<String, Integer> loads = loads();
        return others(lease)
                .filter(server -> !server.standby() && isReady(server, lease))
                .anyMatch(server -> loads.get(server.name()) + 2 <= loads.get(us));
    }

    private Stream<Server> others(String lease) {
        return board.servers().values().stream()
                .filter(server -> !server.name().equals(us) && canRun(server.name(), lease));
    }

    /** What nobody holds and somebody can run. */
    private Set<String> free() {
        Set<String> free = new TreeSet<>();
        free.add(RouteLeases.ADMINISTRATION);
        board.servers().values().forEach(server -> free.addAll(server.routes().keySet()));
        free.removeIf(lease -> !board.lease(lease).holder().isEmpty());
        return free;
    }

    private Map<String, Integer> loads() {
        Map<String, Integer> loads = new HashMap<>();
        board.servers().keySet().forEach(server -> loads.put(server, 0));
        board.leases().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(RouteLeases.ADMINISTRATION))
                .map(entry -> entry.getValue().holder())
                .filter(loads::containsKey)
                .forEach(holder -> loads.merge(holder, 1, Integer::sum));
        return loads;
    }

    private boolean canRun(String server, String lease) {
        Server known = board.servers().get(server);
        return known != null
                && (lease.equals(RouteLeases.ADMINISTRATION) || known.routes().containsKey(lease));
    }

    private static boolean isReady(Server server, String lease) {
        return lease.equals(RouteLeases.ADMINISTRATION)
                || server.routes().getOrDefault(lease, false);
    }

    /**
     * Who gets what nobody holds: whoever was asked for; otherwise, of those who can run it, one
     * that does not stand by rather than one that does, one that can use both ends rather than one
     * that cannot, and then the one with the fewest routes. Those that stand by do not share.
     */
    private String heir(String lease, Map<String, Integer> loads) {
        Lease row = board.lease(lease);
        if (canRun(row.wanted(), lease)) {
            return row.wanted();
        }
        Comparator<Server> byLoad = Comparator.comparing(server -> loads.get(server.name()));
        Comparator<Server> order =
                Comparator.comparing(Server::standby)
                        .thenComparing(server -> !isReady(server, lease))
                        .thenComparing((a, b) -> (a.standby() ? -1 : 1) * byLoad.compare(a, b))
                        .thenComparing(Server::name);
        return board.servers().values().stream()
                .filter(server -> canRun(server.name(), lease))
                .min(order)
                .orElseThrow()
                .name();
    }
}
