/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import io.passbridge.itests.lab.PostgresLab;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Two database servers, of which one takes writes and the other follows it. */
final class PostgresPair implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private PostgresLab primary;
    private PostgresLab standby;

    PostgresPair() throws Exception {
        primary = PostgresLab.up();
        standby = primary.standby();
    }

    /** As it stands in configurations: the server that takes writes, whichever that is. */
    String url() {
        return primary.urlWith(standby);
    }

    PostgresLab primary() {
        return primary;
    }

    /** What is committed is at the standby as well. */
    void synchronous() throws SQLException {
        set("synchronous_standby_names", "*");
        Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> text("SELECT MAX(sync_state) FROM pg_stat_replication"),
                        "sync"::equals);
    }

    /** The standby gets nothing from now on, and nobody waits for it. */
    void cutOffStandby() throws SQLException {
        at(standby, "ALTER SYSTEM SET primary_conninfo = ''");
        at(standby, "SELECT pg_reload_conf()");
        Awaitility.await()
                .atMost(SOON)
                .until(() -> text("SELECT COUNT(*) FROM pg_stat_replication"), "0"::equals);
    }

    void killPrimary() throws Exception {
        primary.kill();
    }

    void promoteStandby() throws Exception {
        standby.promote();
        PostgresLab former = primary;
        primary = standby;
        standby = former;
        // nobody waits for a standby that is not there
        at(primary, "ALTER SYSTEM RESET synchronous_standby_names");
        at(primary, "SELECT pg_reload_conf()");
    }

    /** Makes the former primary, or whatever was in its place, a standby. */
    void followAgain() throws Exception {
        standby = primary.standbyInPlaceOf(standby);
    }

    /** Sets a parameter of the server that takes writes, for new transactions of everybody. */
    void set(String parameter, String value) throws SQLException {
        at(primary, "ALTER SYSTEM SET " + parameter + " = '" + value + "'");
        at(primary, "SELECT pg_reload_conf()");
    }

    /** Ends every connection but the one that does so. */
    void cutConnections() throws SQLException {
        at(
                primary,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type ="
                        + " 'client backend' AND pid <> pg_backend_pid()");
    }

    /** A connection to the server that takes writes. */
    Connection connect() throws SQLException {
        return connect(primary);
    }

    private static Connection connect(PostgresLab server) throws SQLException {
        return DriverManager.getConnection(server.url(), PostgresLab.ROLE, PostgresLab.PASSWORD);
    }

    private static void at(PostgresLab server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            // also where new transactions are read-only
            statement.execute("SET default_transaction_read_only = off");
            statement.execute(sql);
        }
    }

    /** One value of one row. */
    String text(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            standby.close();
        } finally {
            primary.close();
        }
    }
}
