/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;

/** Opens a pool of connections and migrates what it leads to. */
final class Pools {
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    private Pools() {}

    static Database open(
            HikariConfig config, Engine engine, String schema, String name, String remedy)
            throws StoreException {
        config.setPoolName("passbridge-store");
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    name + " cannot be opened: " + Failure.reason(e) + ". " + remedy,
                    e);
        }
        try {
            SchemaMigration.migrate(pool, engine, schema, name);
            Database database = new Database(pool, engine, name);
            ForgottenRoutes.clear(database);
            return database;
        } catch (StoreException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }
}
