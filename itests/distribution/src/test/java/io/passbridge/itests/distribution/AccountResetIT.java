/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code account:reset}: the embedded directory on PostgreSQL gets a new password for its role. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.PostgresLab#possible",
        disabledReason = "no PostgreSQL server can be started here: initdb is not installed")
class AccountResetIT {
    private static final String FIRST = "first secret of the role";
    private static final int USERS = 5;
    private static PostgresLab postgres;

    @TempDir private Path folder;

    @BeforeAll
    static void database() throws Exception {
        postgres = PostgresLab.up();
        makeRole(postgres, "cloud", FIRST);
    }

    /** A role that may make the schema of a directory. */
    static void makeRole(PostgresLab at, String role, String password) throws SQLException {
        asOwner(
                at,
                "create role " + role + " login password '" + password + "'",
                "grant create on database postgres to " + role);
    }

    /** Gives a role another password. */
    static void setRole(PostgresLab at, String role, String password) throws SQLException {
        asOwner(at, "alter role " + role + " password '" + password + "'");
    }

    private static void asOwner(PostgresLab at, String... statements) throws SQLException {
        try (Connection owner =
                        DriverManager.getConnection(
                                at.url(), PostgresLab.ROLE, PostgresLab.PASSWORD);
                Statement statement = owner.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    @AfterAll
    static void noDatabase() throws Exception {
        postgres.close();
    }

    @Test
    void reset_makesASecretThatNobodyKnows_andSynchronisationGoesOn() throws Exception {
        People people = new People(folder.resolve("people.ldif"), USERS);
        Servers servers = new Servers(postgres, folder.resolve("people.ldif"));
        try (Installation server = servers.server("reset", "reset", "cloud")) {
            server.start();
            Path secret = server.secretFile("secret", FIRST);
            server.done("account:set cloud --name cloud --secret-file " + secret);
            Files.delete(secret);
            Servers.awaitInStep(server, "cloud", USERS);
            connect(FIRST);

            Ran planned = server.exec("account:reset cloud --dry-run");
            assertThat(planned.status()).as(planned.text()).isZero();
            connect(FIRST);
            assertThat(server.exec("account:reset cloud").status())
                    .as("nobody can confirm")
                    .isEqualTo(2);
            connect(FIRST);

            assertThat(server.done("account:reset cloud --yes"))
                    .contains("has a new secret, which is stored");
            assertThatThrownBy(() -> connect(FIRST))
                    .as("the old secret is void")
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            server.done("account:test cloud");
            assertThat(server.done("keys:verify --json")).contains("\"values\":1,\"opened\":1");
            people.change("u000002");
            Servers.awaitSignIn(server, "cloud", "u000002", people);

            server.stop();
            server.start();
            server.done("account:test cloud");
            people.change("u000003");
            Servers.awaitSignIn(server, "cloud", "u000003", people);
            assertThat(server.done("events:list --json")).contains("\"event\":9031");
        }
    }

    private static void connect(String password) throws SQLException {
        DriverManager.getConnection(postgres.url(), "cloud", password).close();
    }
}
