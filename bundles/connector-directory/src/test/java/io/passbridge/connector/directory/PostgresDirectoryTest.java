/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.Secret;
import io.passbridge.itests.lab.PostgresLab;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class PostgresDirectoryTest extends DirectoryContract {
    private static final String TAKE_NAME =
            "INSERT INTO directory_user (id, anchor, login_name, aliases, display_name, given_name,"
                    + " family_name, mail, version_sequence, version_time, changed_at, state)"
                    + " VALUES (1000000, 'other', 'jane', '', '', '', '', '', 0, 0, 0, 0);"
                    + " INSERT INTO sign_in_name (user_id, name) VALUES (1000000, 'jane')";

    private static final String SHA_CRYPT =
            "{CRYPT}$5$QDsAFpvftu98hEVV$1ipAqQCFKVfBRskJ5tCG92UqhMQUK3YnvmYxgHwyOs9";

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
    void schemaOfTheFormerRelease_keepsItsUsers() throws Exception {
        lab.provision("1", "jane");
        lab.close();
        try (Connection former = raw()) {
            execute(
                    former,
                    "DROP TABLE directory_schema_history;"
                            + " CREATE TABLE directory_schema"
                            + " (id INTEGER PRIMARY KEY, version INTEGER NOT NULL);"
                            + " INSERT INTO directory_schema (id, version) VALUES (1, 2)");
        }
        lab = reopened();
        assertThat(lab.provision("1", "jane")).isEqualTo(ItemOutcome.Outcome.ALREADY);
    }

    /** Another server gives a name away at the moment in which this one does. */
    @Test
    void provision_nameTakenMeanwhile_isAConflictOfThatUserAloneAndForThatTimeOnly()
            throws Exception {
        lab.provision("0", "first");
        try (Connection other = raw()) {
            other.setAutoCommit(false);
            execute(other, TAKE_NAME);
            CompletableFuture<List<ItemOutcome>> here =
                    CompletableFuture.supplyAsync(() -> provisionBoth());
            await().until(() -> isWaitedFor());
            other.commit();
            assertThat(here.get(10, TimeUnit.SECONDS))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.CONFLICT, Outcome.APPLIED);
            execute(other, "DELETE FROM sign_in_name WHERE user_id = 1000000");
            other.commit();
        }
        assertThat(lab.provision("3", "third"))
                .as("nothing is left of it")
                .isEqualTo(Outcome.APPLIED);
        assertThat(lab.provision("1", "jane")).isEqualTo(Outcome.APPLIED);
    }

    /** Another server writes a newer password at the moment in which this one writes an older. */
    @Test
    void apply_whileAnotherServerWritesANewerVersion_isAConflict() throws Exception {
        lab.provision("1", "jane");
        lab.apply("1", 1, AccountState.ACTIVE, Lab.pph1("first"));
        try (Connection other = raw()) {
            other.setAutoCommit(false);
            execute(other, "UPDATE directory_user SET version_sequence = 5 WHERE anchor = '1'");
            CompletableFuture<Outcome> here =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return lab.apply(
                                            "1", 3, AccountState.ACTIVE, Lab.pph1("older"));
                                } catch (ConnectorException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            await().until(() -> isWaitedFor());
            other.commit();
            assertThat(here.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.CONFLICT);
        }
        assertThat(lab.signIn("jane", "older").statusCode()).isEqualTo(401);
        assertThat(lab.signIn("jane", "first").statusCode()).isEqualTo(200);
    }

    @Test
    void signIn_rowFromBeforeKindsWereToldApart_isVerified() throws Exception {
        lab.provision("1", "jane");
        lab.apply("1", 1, AccountState.ACTIVE, Digest.ofUserPassword(SHA_CRYPT));
        try (Connection other = raw()) {
            execute(other, "UPDATE directory_user SET scheme = 'CRYPT'");
        }
        assertThat(lab.signIn("jane", "Pa$$w0rd").statusCode()).isEqualTo(200);
    }

    private List<ItemOutcome> provisionBoth() {
        try {
            return lab.accounts()
                    .provision(
                            List.of(
                                    Account.named(Lab.anchor("1"), "jane"),
                                    Account.named(Lab.anchor("2"), "second")));
        } catch (ConnectorException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection raw() throws SQLException {
        Connection connection =
                DriverManager.getConnection(cluster.url(), PostgresLab.ROLE, PostgresLab.PASSWORD);
        connection.setSchema(schema);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isWaitedFor() throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted")) {
            return row.next();
        }
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
