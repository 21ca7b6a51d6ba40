/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import io.passbridge.jdbc.EmbeddedLocation;
import io.passbridge.jdbc.Location;
import io.passbridge.jdbc.Migration;
import io.passbridge.jdbc.OpeningException;
import io.passbridge.jdbc.Pool;
import io.passbridge.jdbc.PostgresLocation;
import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.sync.ForgottenRoutes;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Opens the store's database.
 *
 * @param location where it is
 * @param connections the most at once
 */
public record Opening(Location location, int connections) {
    /** The tables, see the scripts in this bundle's folder {@code db}. */
    public static final Migration SCHEMA =
            new Migration("/db", "schema_history", Migration.Before.NONE);

    /**
     * Space of outdated pages is used again after 5 s, which is safe since every write is forced to
     * disk; the file is tidied up when less than 40 % of it is in use: users come in an order that
     * has nothing to do with their keys, and tidying more often takes as long as writing them.
     */
    private static final String TIDY = ";AUTO_COMPACT_FILL_RATE=40;RETENTION_TIME=5000";

    public static Opening embedded(Path folder, int connections) {
        return new Opening(new EmbeddedLocation(folder, "store", "passbridge", TIDY), connections);
    }

    /**
     * @param role who signs in, and where its password is
     * @param socket the path of the server's Unix-domain socket, or empty for TCP
     * @param fips asked with each connection whether FIPS is enforced
     * @throws IllegalArgumentException if the url is of another kind or holds a secret
     */
    public static Opening postgres(
            String url,
            StoreRole role,
            String socket,
            String schema,
            int connections,
            BooleanSupplier fips) {
        if (!PostgresLocation.isPlain(url)) {
            throw new IllegalArgumentException(
                    "the store's url must begin with jdbc:postgresql:; leave it empty for the"
                            + " embedded database");
        }
        if (PostgresLocation.holdsSecret(url)) {
            throw new IllegalArgumentException(
                    "the store's url holds a user or password; name the role in 'user' and put its"
                            + " password into a file of mode 0600 that 'passwordFile' names");
        }
        return new Opening(
                new PostgresLocation(url, schema, role, socket, "passbridge", fips), connections);
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws StoreException with the reason and the remedy
     */
    public Database open() throws StoreException {
        Pool pool;
        try {
            pool = location.open("passbridge-store", connections, SCHEMA);
        } catch (OpeningException e) {
            throw failure(e);
        }
        Database database = new Database(pool, location.name());
        try {
            ForgottenRoutes.clear(database);
            return database;
        } catch (StoreException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private StoreException failure(OpeningException e) {
        String text = location.name() + " " + e.getMessage();
        return switch (e.kind()) {
            case PLACE, CONNECTION ->
                    new StoreException(
                            Kind.UNAVAILABLE, text + ". " + location.remedy(), e.getCause());
            case DAMAGED ->
                    new StoreException(
                            Kind.UNAVAILABLE,
                            text
                                    + ". Stop the platform and put the folder back from a backup;"
                                    + " without one, move the folder away: a new database is made,"
                                    + " everybody is read again, and the accounts' secrets have to"
                                    + " be set again (account:set)",
                            e.getCause());
            case SCHEMA -> new StoreException(Kind.UNAVAILABLE, text, e.getCause());
            case SCHEMA_TOO_NEW -> new StoreException(Kind.SCHEMA_TOO_NEW, text);
        };
    }
}
