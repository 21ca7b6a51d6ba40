/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import io.passbridge.health.Finding;
import io.passbridge.store.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database.
 *
 * @param url without user and password
 * @param user the role, or empty for the operating-system user
 * @param password where the password is
 * @param socket the path of the server's Unix-domain socket, or empty for TCP
 * @param schema where the tables are
 */
record PostgresLocation(
        String url,
        String user,
        PasswordSource password,
        String socket,
        String schema,
        int poolSize)
        implements Location {
    private static final Pattern SECRET =
            Pattern.compile("[?&](password|sslpassword)=|//[^/?]*@", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCAL =
            Pattern.compile("jdbc:postgresql:(//(localhost|127\\.|\\[::1\\]|/).*|[^/].*)");

    PostgresLocation {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "the store's url must begin with jdbc:postgresql:; leave it empty for the"
                            + " embedded database");
        }
        if (SECRET.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "the store's url holds a user or password; name the role in 'user' and put its"
                            + " password into a file of mode 0600 that 'passwordFile' names");
        }
    }

    @Override
    public String name() {
        return "the database " + url.replaceAll("\\?.*", "");
    }

    @Override
    public Database open() throws StoreException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setCurrentSchema(schema);
        source.setApplicationName("passbridge");
        source.setReWriteBatchedInserts(true);
        source.setTcpKeepAlive(true);
        source.setLoginTimeout(5);
        source.setConnectTimeout(5);
        source.setSocketTimeout(120);
        if (!socket.isEmpty()) {
            source.setSocketFactory(LocalSocketFactory.class.getName());
            source.setSocketFactoryArg(socket);
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(new SecretiveDataSource(source, user, password));
        // a server that was cut off must not hold the lease's lock for ever
        config.setConnectionInitSql(
                "SET lock_timeout = '10s'; SET statement_timeout = '60s';"
                        + " SET idle_in_transaction_session_timeout = '30s'");
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(poolSize);
        return Pools.open(
                config,
                Engine.POSTGRESQL,
                schema,
                name(),
                "Check that PostgreSQL runs there, that the role may sign in and create the schema"
                        + " '"
                        + schema
                        + "', and "
                        + password.name());
    }

    @Override
    public List<Finding> inspect() {
        boolean encrypted = url.toLowerCase(Locale.ROOT).contains("sslmode=verify-full");
        if (encrypted || !socket.isEmpty() || LOCAL.matcher(url).matches()) {
            return List.of();
        }
        return List.of(
                Finding.warning(
                        "store",
                        "the connection to " + name() + " does not insist on a checked certificate",
                        "Add sslmode=verify-full to the store's url"));
    }
}
