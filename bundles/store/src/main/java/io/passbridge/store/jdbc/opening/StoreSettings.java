/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the store is. Never a password: the database's password is read from a file. */
@ObjectClassDefinition(
        name = "Store",
        description =
                "The database that keeps watermarks, retries, sealed account secrets and the event"
                        + " journal. Without any setting an embedded H2 database is used.")
@interface StoreSettings {
    String PID = "io.passbridge.store";

    @AttributeDefinition(
            name = "URL",
            description =
                    "jdbc:postgresql://HOST:PORT/DATABASE, without user or password. Empty uses the"
                            + " embedded database.",
            required = false)
    String url() default "";

    @AttributeDefinition(
            name = "User",
            description = "The PostgreSQL role. Empty uses the operating-system user.",
            required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Password file",
            description =
                    "A file with the role's password on its first line, readable by its owner only"
                            + " (0600). Read anew for each connection.",
            required = false)
    String passwordFile() default "";

    @AttributeDefinition(
            name = "Password credential",
            description =
                    "The name of a systemd credential (LoadCredential=) with the role's password.",
            required = false)
    String passwordCredential() default "";

    @AttributeDefinition(
            name = "Unix-domain socket",
            description =
                    "The path of PostgreSQL's socket, usually /var/run/postgresql/.s.PGSQL.5432,"
                            + " for peer authentication without a password.",
            required = false)
    String socket() default "";

    @AttributeDefinition(
            name = "Schema",
            description = "The PostgreSQL schema; it is created if it is missing.",
            required = false)
    String schema() default "passbridge";

    @AttributeDefinition(
            name = "Folder",
            description =
                    "The folder of the embedded database. Empty uses 'store' in the platform's data"
                            + " folder.",
            required = false)
    String folder() default "";

    @AttributeDefinition(
            name = "Connections",
            description = "The most connections that are open at once, 2 to 100.",
            min = "2",
            max = "100",
            required = false)
    int poolSize() default 8;

    @AttributeDefinition(
            name = "Retry after seconds",
            description =
                    "How long to wait before a database that could not be opened is tried again, 1"
                            + " to 3600.",
            min = "1",
            max = "3600",
            required = false)
    int retrySeconds() default 10;
}
