/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.Secret;
import io.passbridge.jdbc.PostgresLocation;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;

/** Gives the database role a new password; the driver sends only what is derived from it. */
public record PostgresRoleReset(PostgresLocation location) implements AccountSecretReset {
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
        try (Connection connection = location.connect()) {
            // the driver wipes the array that it is given
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(location.role().name(), password, null);
            return secret;
        } catch (SQLException e) {
            secret.close();
            throw SqlFailure.of(location, e, false);
        } catch (RuntimeException e) {
            secret.close();
            throw e;
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
