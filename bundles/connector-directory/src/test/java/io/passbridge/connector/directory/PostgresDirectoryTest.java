/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Secret;
import io.passbridge.itests.lab.PostgresLab;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class PostgresDirectoryTest extends DirectoryContract {
    private static PostgresLab cluster;

    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");
    private String secret = PostgresLab.PASSWORD;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(PostgresLab.possible(), "PostgreSQL is not installed");
        cluster = PostgresLab.up();
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    Lab reopened() throws Exception {
        Map<String, String> parameters =
                Map.of("signInPort", "0", "url", cluster.url(), "schema", schema);
        return new Lab(
                folder, new PostgresDirectoryFactory(), parameters, PostgresLab.ROLE, secret);
    }

    @Test
    void wrongSecret_isAnAuthenticationFailureThatNamesTheRemedy() throws Exception {
        lab.close();
        secret = "wrong";
        lab = reopened();
        assertThatThrownBy(() -> lab.provision("1", "jane"))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION))
                .hasMessageContaining("account:set cloud")
                .hasMessageNotContaining("wrong");
        assertThat(lab.signIn("jane", "x").statusCode()).isEqualTo(503);
    }

    @Test
    void reset_givesTheRoleANewPasswordThatWorks() throws Exception {
        AccountSecretReset reset = lab.connector.capability(AccountSecretReset.class).orElseThrow();
        try (Secret made = reset.reset()) {
            secret = made.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
        lab.close();
        lab = reopened();
        lab.provision("1", "jane");
        lab.apply("1", 1, AccountState.ACTIVE, Lab.pph1("pw"));
        assertThat(lab.signIn("jane", "pw").statusCode()).isEqualTo(200);
        try (Connection connection =
                DriverManager.getConnection(cluster.url(), PostgresLab.ROLE, secret)) {
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(PostgresLab.ROLE, PostgresLab.PASSWORD.toCharArray(), null);
        }
    }
}
