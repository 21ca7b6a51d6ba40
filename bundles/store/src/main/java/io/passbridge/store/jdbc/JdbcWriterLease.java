/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The lease as one locked row. */
@Component(service = WriterLease.class)
public final class JdbcWriterLease implements WriterLease {
    private final Database database;

    @Activate
    public JdbcWriterLease(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Optional<Lease> acquire(String holder, Duration validity) throws StoreException {
        return database.write(
                connection -> {
                    LeaseRow row = LeaseRow.lock(connection);
                    Instant now = database.engine().now(connection);
                    if (row.holder().equals(holder)) {
                        return Optional.of(grant(connection, holder, row.token(), now, validity));
                    }
                    if (row.isHeldAt(now)) {
                        return Optional.empty();
                    }
                    return Optional.of(grant(connection, holder, row.token() + 1, now, validity));
                });
    }

    @Override
    public Lease seize(String holder, Duration validity) throws StoreException {
        return database.write(
                connection -> {
                    LeaseRow row = LeaseRow.lock(connection);
                    Instant now = database.engine().now(connection);
                    return grant(connection, holder, row.token() + 1, now, validity);
                });
    }

    @Override
    public void release(String holder) throws StoreException {
        database.write(
                connection -> {
                    LeaseRow row = LeaseRow.lock(connection);
                    if (row.holder().equals(holder)) {
                        new LeaseRow("", row.token(), Instant.EPOCH).write(connection);
                    }
                    return null;
                });
    }

    @Override
    public Optional<Lease> current() throws StoreException {
        return database.read(
                connection -> {
                    LeaseRow row = LeaseRow.read(connection);
                    return row.isHeldAt(database.engine().now(connection))
                            ? Optional.of(new Lease(row.holder(), row.token(), row.until()))
                            : Optional.empty();
                });
    }

    private static Lease grant(
            Connection connection, String holder, long token, Instant now, Duration validity)
            throws SQLException {
        if (holder.isBlank() || validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("a lease needs a holder and a validity above zero");
        }
        Instant until = Instant.ofEpochMilli(now.plus(validity).toEpochMilli());
        new LeaseRow(holder, token, until).write(connection);
        return new Lease(holder, token, until);
    }
}
