/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.jdbc.Engine;
import io.passbridge.store.RouteLeases;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Leases as rows; whatever changes a holder has the lock of the one {@link LeaseRow}. */
@Component(name = "io.passbridge.store.jdbc.JdbcRouteLeases", service = RouteLeases.class)
public final class JdbcRouteLeases implements RouteLeases {
    private final Database database;

    @Activate
    public JdbcRouteLeases(@Reference Database database) {
        this.database = database;
    }

    /** The embedded database is opened by one process alone. */
    @Override
    public boolean shareable() {
        return database.engine() != Engine.H2;
    }

    @Override
    public Board renew(Server server, Duration validity) throws StoreException {
        if (server.name().isBlank() || validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("a server needs a name and a validity above zero");
        }
        return database.write(
                connection -> {
                    LeaseRow row = LeaseRow.lock(connection);
                    Instant now = database.engine().now(connection);
                    ServerTable.put(connection, server, now.plus(validity));
                    Optional<String> elder =
                            row.elder(now).filter(holder -> !holder.equals(server.name()));
                    if (elder.isEmpty()) {
                        row.share(connection);
                    }
                    return board(connection, now, elder);
                });
    }

    @Override
    public Board board() throws StoreException {
        return database.read(
                connection -> {
                    Instant now = database.engine().now(connection);
                    return board(connection, now, LeaseRow.read(connection).elder(now));
                });
    }

    private static Board board(Connection connection, Instant now, Optional<String> elder)
            throws SQLException {
        Map<String, Lease> leases = LeaseTable.all(connection);
        Map<String, Server> servers = ServerTable.there(connection, now);
        leases.replaceAll(
                (route, lease) ->
                        servers.containsKey(lease.holder())
                                ? lease
                                : new Lease("", lease.token(), lease.wanted()));
        return new Board(servers, leases, elder);
    }

    @Override
    public Board take(Collection<String> wished, String server) throws StoreException {
        return database.write(
                connection -> {
                    LeaseRow row = LeaseRow.lock(connection);
                    Instant now = database.engine().now(connection);
                    Set<String> there = ServerTable.there(connection, now).keySet();
                    if (there.contains(server) && row.holder().equals(LeaseRow.SHARED)) {
                        for (String lease : new TreeSet<>(wished)) {
                            take(connection, lease, server, there, now);
                        }
                    }
                    return board(connection, now, row.elder(now));
                });
    }

    private static void take(
            Connection connection, String lease, String server, Set<String> there, Instant now)
            throws SQLException {
        Lease before = LeaseTable.lock(connection, lease).orElse(Lease.NONE);
        if (!there.contains(before.holder())) {
            String wanted = before.wanted().equals(server) ? server : "";
            LeaseTable.put(connection, lease, LeaseTable.next(before, server, wanted, now));
        }
    }

    @Override
    public void give(String lease, String server) throws StoreException {
        database.write(
                connection -> {
                    LeaseRow.lock(connection);
                    Optional<Lease> held =
                            LeaseTable.lock(connection, lease)
                                    .filter(l -> l.holder().equals(server));
                    if (held.isPresent()) {
                        free(connection, lease, held.get(), held.get().wanted());
                    }
                    return null;
                });
    }

    private static void free(Connection connection, String lease, Lease held, String wanted)
            throws SQLException {
        LeaseTable.put(connection, lease, new Lease("", held.token(), wanted));
    }

    @Override
    public void want(String lease, String server) throws StoreException {
        database.write(
                connection -> {
                    LeaseRow.lock(connection);
                    Lease before = LeaseTable.lock(connection, lease).orElse(Lease.NONE);
                    LeaseTable.put(
                            connection, lease, new Lease(before.holder(), before.token(), server));
                    return null;
                });
    }

    @Override
    public void leave(String server) throws StoreException {
        database.write(
                connection -> {
                    LeaseRow.lock(connection);
                    for (Map.Entry<String, Lease> entry : LeaseTable.all(connection).entrySet()) {
                        if (entry.getValue().holder().equals(server)) {
                            Lease held = LeaseTable.lock(connection, entry.getKey()).orElseThrow();
                            free(
                                    connection,
                                    entry.getKey(),
                                    held,
                                    held.wanted().equals(server) ? "" : held.wanted());
                        }
                    }
                    ServerTable.remove(connection, server);
                    return null;
                });
    }
}
