/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.Parity;
import io.passbridge.store.Proofs;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Passes and doubts in tables. */
@Component(name = "io.passbridge.store.jdbc.JdbcProofs", service = Proofs.class)
public final class JdbcProofs implements Proofs {
    private final Database database;

    @Activate
    public JdbcProofs(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Proof proof(String route) throws StoreException {
        return of(
                route,
                (connection, id) ->
                        new Proof(
                                ProofTable.read(connection, id, true),
                                ProofTable.read(connection, id, false),
                                DoubtTable.counts(connection, id)),
                Proof.NONE);
    }

    @Override
    public void record(Look look) throws StoreException {
        database.write(
                connection -> {
                    LeaseTable.require(connection, look.route(), look.fencingToken());
                    int route = RouteTable.findOrAdd(connection, look.route());
                    DoubtTable.replace(connection, route, look.seen(), look.doubts());
                    if (look.pass().isPresent()) {
                        Pass pass = look.pass().get();
                        ProofTable.write(connection, route, pass);
                        if (pass.endedAt().isPresent()) {
                            Instant begun = pass.begunAt();
                            DoubtTable.removeBefore(connection, route, begun);
                        }
                    }
                    return null;
                });
    }

    @Override
    public List<Doubt> doubts(String route, String after, int limit) throws StoreException {
        return of(
                route,
                (connection, id) -> DoubtTable.list(connection, id, after, limit),
                List.of());
    }

    @Override
    public Map<String, Long> reasons(String route, Parity parity, int limit) throws StoreException {
        return of(
                route,
                (connection, id) -> DoubtTable.reasons(connection, id, parity, limit),
                Map.of());
    }

    private interface Question<T> {
        T of(Connection connection, int route) throws SQLException;
    }

    private <T> T of(String route, Question<T> question, T none) throws StoreException {
        return database.read(
                connection -> {
                    OptionalInt id = RouteTable.find(connection, route);
                    return id.isEmpty() ? none : question.of(connection, id.getAsInt());
                });
    }
}
