/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The connections of a server, held to a number and to a time for each part of a request. Whoever
 * is slow makes room for whoever comes: where there are too many, the one that has let the server
 * wait longest is closed, of the address that has most of them. Thread-safe.
 */
final class Connections {
    /** What the server waits for, and how long. */
    enum Phase {
        /** The head of a request. */
        HEAD(Duration.ofSeconds(10)),
        /** Its body. */
        BODY(Duration.ofSeconds(10)),
        /** Nothing: the server has to answer; long enough for the costliest digest. */
        ANSWER(Duration.ofSeconds(60));

        private final Duration limit;

        Phase(Duration limit) {
            this.limit = limit;
        }
    }

    private record Connection(Runnable close, Phase phase, long since) {
        boolean isOverdue(long now) {
            return now - since > phase.limit.toMillis();
        }
    }

    private final int most;
    private final Clock clock;

    /** By remote address and port, those whose phase began first at the front. */
    private final Map<SocketAddress, Connection> open = new LinkedHashMap<>();

    /**
     * @param most connections at a time
     */
    Connections(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /**
     * A client has connected.
     *
     * @param close ends its connection
     */
    synchronized void opened(SocketAddress client, Runnable close) {
        if (open.size() >= most) {
            InetAddress crowd = crowd();
            closeFirst(
                    entry ->
                            address(entry.getKey()).equals(crowd)
                                    && entry.getValue().phase() != Phase.ANSWER);
        }
        open.put(client, new Connection(close, Phase.HEAD, clock.millis()));
    }

    /** The address with most connections. */
    private InetAddress crowd() {
        return open.keySet().stream()
                .collect(Collectors.groupingBy(Connections::address, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static InetAddress address(SocketAddress client) {
        return ((InetSocketAddress) client).getAddress();
    }

    private void closeFirst(Predicate<Map.Entry<SocketAddress, Connection>> which) {
        Optional<Map.Entry<SocketAddress, Connection>> first =
                open.entrySet().stream().filter(which).findFirst();
        first.ifPresent(
                entry -> {
                    open.remove(entry.getKey());
                    entry.getValue().close().run();
                });
    }

    /** The server now waits for something else; the time for it begins. */
    synchronized void enter(SocketAddress client, Phase phase) {
        Connection connection = open.remove(client);
        if (connection != null) {
            open.put(client, new Connection(connection.close(), phase, clock.millis()));
        }
    }

    /** The connection has ended. */
    synchronized void closed(SocketAddress client) {
        open.remove(client);
    }

    /** Closes those whose time is over. */
    synchronized void closeOverdue() {
        long now = clock.millis();
        Iterator<Connection> connections = open.values().iterator();
        while (connections.hasNext()) {
            Connection connection = connections.next();
            if (connection.isOverdue(now)) {
                connections.remove();
                connection.close().run();
            }
        }
    }

    synchronized int size() {
        return open.size();
    }
}
