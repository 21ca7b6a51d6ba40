/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.List;

/** Where a database is, and how it is opened. Immutable. */
public sealed interface Location permits EmbeddedLocation, PostgresLocation {
    /** The database in words, without anything secret. */
    String name();

    /** What an operator should look at if it cannot be opened: a sentence without its stop. */
    String remedy();

    Engine engine();

    /** The schema of the tables, created if it is missing; empty for the database's default. */
    String schema();

    /** What can be seen of the place without opening anything. */
    List<Finding> inspect(String subject);

    /** How connections are made; makes the place ready for them. */
    HikariConfig connections() throws IOException;

    /**
     * Opens the database and brings its schema up to date.
     *
     * @param name of the pool, for its threads
     * @param size the most connections at once
     */
    default Pool open(String name, int size, Migration migration) throws OpeningException {
        Pool pool = connect(name, size);
        try {
            migration.run(pool, this);
            return pool;
        } catch (OpeningException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Connects without a look at the schema. */
    default Pool connect(String name, int size) throws OpeningException {
        try {
            HikariConfig config = connections();
            config.setPoolName(name);
            config.setConnectionTimeout(Pool.TIMEOUT_MILLIS);
            config.setMaximumPoolSize(size);
            config.setMinimumIdle(Math.min(size, config.getMinimumIdle()));
            return new Pool(new HikariDataSource(config), engine());
        } catch (IOException e) {
            throw OpeningException.because(OpeningException.Kind.PLACE, "cannot be created", e);
        } catch (PoolInitializationException e) {
            throw Engine.damaged(e)
                    ? OpeningException.because(OpeningException.Kind.DAMAGED, "is damaged", e)
                    : OpeningException.because(
                            OpeningException.Kind.CONNECTION, "cannot be opened", e);
        }
    }
}
