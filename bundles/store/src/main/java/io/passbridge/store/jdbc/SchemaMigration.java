/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** Brings the schema up to this release, and refuses one that a newer release has written. */
final class SchemaMigration {
    private static final String HISTORY = "schema_history";

    private SchemaMigration() {}

    /**
     * Migrates.
     *
     * @param schema to be created where it is missing, or empty for the database's default
     * @return the version reached
     */
    static String migrate(DataSource source, Engine engine, String schema, String name)
            throws StoreException {
        ClassLoader own = SchemaMigration.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(own); // the library finds its parts through it
        try {
            var configuration =
                    Flyway.configure(own)
                            .dataSource(source)
                            .resourceProvider(new SchemaScripts(engine))
                            .loggers("slf4j")
                            .table(HISTORY)
                            .ignoreMigrationPatterns(new String[0])
                            .cleanDisabled(true);
            if (!schema.isEmpty()) {
                configuration.schemas(schema).createSchemas(true);
            }
            Flyway flyway = configuration.load();
            refuseNewer(flyway.info(), name);
            flyway.migrate();
            return String.valueOf(flyway.info().current().getVersion());
        } catch (FlywayException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    "the schema of " + name + " cannot be brought up to date: " + Failure.reason(e),
                    e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void refuseNewer(MigrationInfoService info, String name) throws StoreException {
        Optional<MigrationInfo> newer =
                Arrays.stream(info.all()).filter(SchemaMigration::isUnknown).findFirst();
        if (newer.isPresent()) {
            throw new StoreException(
                    Kind.SCHEMA_TOO_NEW,
                    "the schema of "
                            + name
                            + " has version "
                            + newer.get().getVersion()
                            + ", which this release does not know; it knows up to "
                            + SchemaScripts.LATEST
                            + ". Start the release that wrote it, or restore a backup from before"
                            + " the upgrade");
        }
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return switch (migration.getState()) {
            case FUTURE_SUCCESS, FUTURE_FAILED, MISSING_SUCCESS, MISSING_FAILED -> true;
            default -> false;
        };
    }
}
