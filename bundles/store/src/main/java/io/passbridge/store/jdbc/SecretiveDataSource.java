/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.credential.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Fetches the password at the moment of use. It does not stay in the pool's configuration; the
 * driver, which takes nothing but a String, forgets it after the sign-in.
 */
final class SecretiveDataSource implements DataSource {
    private final DataSource source;
    private final String user;
    private final PasswordSource password;

    SecretiveDataSource(DataSource source, String user, PasswordSource password) {
        this.source = source;
        this.user = user.isEmpty() ? System.getProperty("user.name") : user;
        this.password = password;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the driver looks here for the socket factory, which its own bundle cannot see
        thread.setContextClassLoader(SecretiveDataSource.class.getClassLoader());
        try {
            return signIn();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Connection signIn() throws SQLException {
        try {
            Optional<Secret> secret = password.read();
            if (secret.isEmpty()) {
                return source.getConnection(user, null);
            }
            try (Secret open = secret.get()) {
                return source.getConnection(
                        user, open.use(bytes -> new String(bytes, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new SQLInvalidAuthorizationSpecException(e.getMessage(), "28000", e);
        }
    }

    @Override
    public Connection getConnection(String name, String secret) throws SQLException {
        throw new SQLFeatureNotSupportedException("the store signs in with its own role only");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
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
