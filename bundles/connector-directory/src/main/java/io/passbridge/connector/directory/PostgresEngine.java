/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.Credentials;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema in a PostgreSQL database; the role is the instance's account. */
record PostgresEngine(String url, String schema, ConnectorContext context) implements Engine {
    @Override
    public String name() {
        return "the database " + url.replaceAll("\\?.*", "");
    }

    @Override
    public String remedy() {
        return "check that PostgreSQL runs there, that the role may sign in and create the schema '"
                + schema
                + "', and account:set "
                + context.configuration().instance();
    }

    @Override
    public HikariConfig pool() throws ConnectorException {
        String role = role();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setCurrentSchema(schema);
        source.setApplicationName("passbridge-directory");
        source.setReWriteBatchedInserts(true);
        source.setTcpKeepAlive(true);
        source.setLoginTimeout(5);
        source.setConnectTimeout(5);
        source.setSocketTimeout(120);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMinimumIdle(1);
        config.setConnectionInitSql("SET lock_timeout = '10s'; SET statement_timeout = '60s'");
        // asked for each new connection, so that a secret that was reset is used at once
        config.setCredentialsProvider(() -> credentials(role));
        return config;
    }

    String role() throws ConnectorException {
        return context.accountName()
                .orElseThrow(
                        () ->
                                new ConnectorException(
                                        Kind.AUTHENTICATION,
                                        "no role is set for "
                                                + name()
                                                + "; account:set "
                                                + context.configuration().instance()
                                                + " sets it"));
    }

    private Credentials credentials(String role) {
        try (Secret secret = context.accountSecret()) {
            // the driver takes nothing but a String
            return Credentials.of(
                    role, secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        } catch (ConnectorException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        // asked for only if it is missing: the statement needs a right even if there is nothing to
        // do
        if (connection.getSchema() == null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            }
        }
    }

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public String numbers() {
        return "UNNEST(?)";
    }

    @Override
    public UserIndex index() {
        return new SqlIndex();
    }

    @Override
    public void afterCommit(Connection connection) {
        // PostgreSQL's commit is durable by itself
    }

    /** The pool replaces connections that a restart of the server has broken. */
    @Override
    public boolean ended(SQLException failure) {
        return false;
    }
}
