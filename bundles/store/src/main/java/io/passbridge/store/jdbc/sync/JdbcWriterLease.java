/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.RouteLeases;
import io.passbridge.store.RouteLeases.Board;
import io.passbridge.store.RouteLeases.Lease;
import io.passbridge.store.RouteLeases.Server;
import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import io.passbridge.store.jdbc.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One of the leases, and how all are seized. */
@Component(name = "io.passbridge.store.jdbc.JdbcWriterLease", service = WriterLease.class)
public final class JdbcWriterLease implements WriterLease {
    private final Database database;

    @Activate
    public JdbcWriterLease(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> holder() throws StoreException {
        return new JdbcRouteLeases(database).board().holder(RouteLeases.ADMINISTRATION);
    }

    @Override
    public SortedSet<String> atWork() throws StoreException {
        Board board = new JdbcRouteLeases(database).board();
        SortedSet<String> holders = new TreeSet<>();
        board.elder().ifPresent(holders::add);
        board.leases().keySet().forEach(lease -> board.holder(lease).ifPresent(holders::add));
        return holders;
    }

    @Override
    public void seize(String server, Duration validity) throws StoreException {
        database.write(
                connection -> {
                    LeaseRow.lock(connection).share(connection);
                    Instant now = database.engine().now(connection);
                    Server known =
                            ServerTable.there(connection, now)
                                    .getOrDefault(server, new Server(server, false, Map.of()));
                    ServerTable.put(connection, known, now.plus(validity));
                    Map<String, Lease> all = LeaseTable.all(connection);
                    all.putIfAbsent(RouteLeases.ADMINISTRATION, Lease.NONE);
                    for (String lease : new TreeSet<>(all.keySet())) {
                        Lease before = LeaseTable.lock(connection, lease).orElse(Lease.NONE);
                        LeaseTable.put(connection, lease, LeaseTable.next(before, server, "", now));
                    }
                    return null;
                });
    }
}
