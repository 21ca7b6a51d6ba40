/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Secret;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Gives the database role a new password; the driver sends only what is derived from it. */
record PostgresRoleReset(PostgresEngine engine) implements AccountSecretReset {
    private static final int LENGTH = 40;
    private static final String ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    @Override
    public Secret reset() throws ConnectorException {
        SecureRandom random = new SecureRandom();
        char[] password = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            password[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        Secret secret = Secret.ofChars(password);
        try (Connection connection = connect()) {
            // the driver wipes the array that it is given
            connection.unwrap(PGConnection.class).alterUserPassword(engine.role(), password, null);
            return secret;
        } catch (SQLException e) {
            secret.close();
            throw SqlFailure.of(engine, e, false);
        } catch (ConnectorException | RuntimeException e) {
            secret.close();
            throw e;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Connection connect() throws SQLException, ConnectorException {
        Properties properties = new Properties();
        properties.setProperty("user", engine.role());
        try (Secret present = engine.context().accountSecret()) {
            char[] chars = present.toChars();
            properties.setProperty("password", new String(chars));
            Arrays.fill(chars, '\0');
        }
        Connection connection = new Driver().connect(engine.url(), properties);
        if (connection == null) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, "the driver does not take the url of " + engine.name());
        }
        return connection;
    }
}
