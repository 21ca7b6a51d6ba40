/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.RouteLeases.Lease;
import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The leases, a row each. Whoever changes a holder has locked {@link LeaseRow} before. */
final class LeaseTable {
    private LeaseTable() {}

    static Map<String, Lease> all(Connection connection) throws SQLException {
        Map<String, Lease> leases = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT holder, token, wanted, route FROM sync_lease");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                leases.put(result.getString(4), lease(result));
            }
        }
        return leases;
    }

    /**
     * Locks a route's lease until the transaction ends and refuses any token but the latest, and
     * every one while a server of an earlier release has the lease of its time.
     */
    static void require(Connection connection, String route, long token)
            throws SQLException, StoreException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT holder, token, wanted, (SELECT holder FROM writer_lease WHERE id ="
                                + " 1) FROM sync_lease WHERE route = ? FOR UPDATE")) {
            statement.setString(1, route);
            try (ResultSet result = statement.executeQuery()) {
                Lease lease = result.next() ? lease(result) : Lease.NONE;
                String elder = lease.token() == 0 ? "" : result.getString(4);
                boolean shared = elder.equals(LeaseRow.SHARED);
                if (token < 1 || lease.token() != token || !shared) {
                    throw refused(token, lease, shared ? lease.holder() : elder);
                }
            }
        }
    }

    private static StoreException refused(long token, Lease lease, String holder) {
        return new StoreException(
                Kind.FENCED,
                "fencing token "
                        + token
                        + " is refused; the latest is "
                        + lease.token()
                        + (holder.isEmpty() ? "" : ", held by " + holder)
                        + ". This server stands by until it gets the lease");
    }

    /** Locks a route's lease, for a write that needs none; it is entered if it is new. */
    static void lockOrAdd(Connection connection, String route) throws SQLException {
        if (lock(connection, route).isEmpty()) {
            LeaseRow.lock(connection);
            if (lock(connection, route).isEmpty()) {
                put(connection, route, Lease.NONE);
            }
        }
    }

    static Optional<Lease> lock(Connection connection, String route) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT holder, token, wanted FROM sync_lease WHERE route = ? FOR"
                                + " UPDATE")) {
            statement.setString(1, route);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(lease(result)) : Optional.empty();
            }
        }
    }

    static void put(Connection connection, String route, Lease lease) throws SQLException {
        if (execute(
                        connection,
                        "UPDATE sync_lease SET holder = ?, token = ?, wanted = ? WHERE route = ?",
                        route,
                        lease)
                == 0) {
            execute(
                    connection,
                    "INSERT INTO sync_lease (holder, token, wanted, route) VALUES (?, ?, ?, ?)",
                    route,
                    lease);
        }
    }

    /**
     * The lease that a server gets after another one. Its token is one that nobody was ever given,
     * also by a database that took this one's place and lacks what it wrote last: what stood there
     * as the token plus one may be in somebody's hands.
     *
     * @param now the database's time
     */
    static Lease next(Lease before, String server, String wanted, Instant now) {
        return new Lease(server, Math.max(before.token() + 1, now.toEpochMilli()), wanted);
    }

    private static int execute(Connection connection, String sql, String route, Lease lease)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, lease.holder());
            statement.setLong(2, lease.token());
            statement.setString(3, lease.wanted());
            statement.setString(4, route);
            return statement.executeUpdate();
        }
    }

    private static Lease lease(ResultSet result) throws SQLException {
        return new Lease(result.getString(1), result.getLong(2), result.getString(3));
    }
}
