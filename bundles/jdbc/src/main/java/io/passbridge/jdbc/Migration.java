/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import io.passbridge.jdbc.OpeningException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * Brings a schema up to this release, and refuses one that a newer release has written. A kill at
 * any place is mended by the next start. Immutable.
 *
 * @param folder where the scripts are in this bundle: one folder for each engine below it
 * @param history the table that says which scripts have been run
 * @param before what tells where a schema without that table stands
 */
public record Migration(String folder, String history, Before before) {
    /** A schema from the time before its history was kept. */
    @FunctionalInterface
    public interface Before {
        /** Every schema has a history; one with tables and without it is not touched. */
        Before NONE = connection -> Optional.empty();

        /**
         * The version of the last script that need not be run, 0 if all have to be; or empty to
         * refuse a schema that has tables and no history.
         */
        Optional<Integer> version(Connection connection) throws SQLException;
    }

    /** The newest version for a kind of database. */
    public int latest(Engine engine) {
        return new Scripts(folder + "/" + engine.folder()).latest();
    }

    /**
     * Migrates.
     *
     * @return the version reached
     */
    public String run(Pool pool, Location location) throws OpeningException {
        ClassLoader own = Migration.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(own); // the library finds its parts through it
        try {
            Scripts scripts = new Scripts(folder + "/" + location.engine().folder());
            Flyway flyway = flyway(own, pool, location, scripts);
            refuseNewer(flyway.info(), scripts);
            flyway.migrate();
            pool.write(connection -> null); // what the library has committed is made durable
            return String.valueOf(flyway.info().current().getVersion());
        } catch (FlywayException | SQLException e) {
            throw OpeningException.because(
                    Kind.SCHEMA, "has a schema that cannot be brought up to date", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Flyway flyway(ClassLoader own, Pool pool, Location location, Scripts scripts)
            throws SQLException {
        var configuration =
                Flyway.configure(own)
                        .dataSource(pool.source())
                        .resourceProvider(scripts)
                        .loggers("slf4j")
                        .table(history)
                        .ignoreMigrationPatterns(new String[0])
                        .cleanDisabled(true);
        if (!location.schema().isEmpty()) {
            configuration.schemas(location.schema()).createSchemas(true);
        }
        Optional<Integer> earlier = pool.read(before::version);
        earlier.ifPresent(
                version ->
                        configuration
                                .baselineOnMigrate(true)
                                .baselineVersion(Integer.toString(version)));
        return configuration.load();
    }

    private static void refuseNewer(MigrationInfoService info, Scripts scripts)
            throws OpeningException {
        Optional<MigrationInfo> newer =
                Arrays.stream(info.all()).filter(Migration::isUnknown).findFirst();
        if (newer.isPresent()) {
            throw new OpeningException(
                    Kind.SCHEMA_TOO_NEW,
                    "has version "
                            + newer.get().getVersion()
                            + " of its schema, which this release does not know; it knows up to "
                            + scripts.latest()
                            + ". Start the release that wrote it, or restore a backup from before"
                            + " the upgrade",
                    null);
        }
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return switch (migration.getState()) {
            case FUTURE_SUCCESS, FUTURE_FAILED, MISSING_SUCCESS, MISSING_FAILED -> true;
            default -> false;
        };
    }
}
