/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import io.passbridge.credential.Secret;
import io.passbridge.tls.Refusal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Fetches the password at the moment of use. It does not stay in the pool's configuration; the
 * driver, which takes nothing but a String, forgets it after the sign-in.
 */
final class RoleDataSource implements DataSource {
    private final DataSource source;
    private final DataSource approved;
    private final Role role;
    private final BooleanSupplier fips;
    private final int answerMillis;

    /**
     * @param approved in place of the source while FIPS is enforced
     * @param fips asked with each connection
     * @param answerMillis how long to wait for the server's answers once the role is signed in
     */
    RoleDataSource(
            DataSource source,
            DataSource approved,
            Role role,
            BooleanSupplier fips,
            int answerMillis) {
        this.source = source;
        this.approved = approved;
        this.role = role;
        this.fips = fips;
        this.answerMillis = answerMillis;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the driver looks here for the socket factory, which its own bundle cannot see
        thread.setContextClassLoader(RoleDataSource.class.getClassLoader());
        try {
            Connection connection = fips.getAsBoolean() ? signInApproved() : signIn(source);
            connection.setNetworkTimeout(Runnable::run, answerMillis);
            return connection;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Connection signInApproved() throws SQLException {
        try {
            return signIn(approved);
        } catch (SQLException e) {
            Optional<String> refusal = Refusal.in(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            // in place of its cause, which does not name the policy
            SQLException refused = new SQLException(refusal.get(), e.getSQLState());
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private Connection signIn(DataSource from) throws SQLException {
        String user = role.name().isEmpty() ? System.getProperty("user.name") : role.name();
        try (Secret secret = role.password().orElse(null)) {
            return from.getConnection(
                    user,
                    secret == null
                            ? null
                            : secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        }
    }

    @Override
    public Connection getConnection(String name, String secret) throws SQLException {
        throw new SQLFeatureNotSupportedException("the role signs in, and nobody else");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
        approved.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
        approved.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
