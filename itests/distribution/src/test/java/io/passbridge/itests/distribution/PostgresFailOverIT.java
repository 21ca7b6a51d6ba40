/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to the PostgreSQL server under two platforms, they go on by themselves: nobody
 * is lost or out of step, and while it lasts {@code doctor} names the cause and the remedy.
 */
@Tag("live")
@EnabledIf(
        value = "possible",
        disabledReason = "needs PostgreSQL (initdb) and a terminal (expect), and one is missing")
@Tag("once")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresFailOverIT {
    private static final int USERS = 12;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> WORDS = Map.of("ROUTE", "people_cloud");
    private static final List<String> TARGETS = List.of("cloud", "second");

    @TempDir private static Path folder;
    private static PostgresPair postgres;
    private static People people;
    private static Installation one;
    private static Installation two;

    static boolean possible() {
        return PostgresLab.possible() && Typist.possible();
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = new PostgresPair();
        people = new People(folder.resolve("people.ldif"), USERS);
        Servers servers = new Servers(postgres.url(), folder.resolve("people.ldif"));
        one = servers.server("one", "shared", TARGETS.toArray(String[]::new));
        two = servers.server("two", "shared", TARGETS.toArray(String[]::new));
        one.start();
        for (String target : TARGETS) {
            Servers.setAccount(one, target);
        }
        Servers.copyKeySet(one, two);
        two.start();
        assertInOrder();
        share();
    }

    @AfterAll
    static void stop() throws Exception {
        two.close();
        one.close();
        postgres.close();
    }

    /** Each server runs one of the routes. */
    private static void share() throws Exception {
        two.exec("sync:activate people_second --yes"); // unless it is there already
        awaitHolders(LeaseWatch.each(1, LeaseWatch.id(one), LeaseWatch.id(two)));
    }

    private static void awaitHolders(Predicate<Map<String, String>> state) throws Exception {
        try (LeaseWatch leases = new LeaseWatch(postgres.primary(), "shared")) {
            leases.await(state, SOON);
        }
    }

    private static void changeEverybody() throws Exception {
        for (String user : new ArrayList<>(people.passwords().keySet())) {
            people.change(user);
        }
    }

    /** Everybody signs in with the newest password at both targets, and nothing is wrong. */
    private static void assertInOrder() throws Exception {
        for (Installation server : List.of(one, two)) {
            awaitQuiet(server);
        }
        one.done("sync:activate --all --yes");
        awaitHolders(LeaseWatch.all(LeaseWatch.id(one)));
        for (String target : TARGETS) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(one.done("sync:verify people_" + target))
                                            .contains(
                                                    "12 people of 12 in step compared: 12 the"
                                                            + " same."));
            assertThat(postgres.text("SELECT COUNT(*) FROM shared_" + target + ".directory_user"))
                    .isEqualTo("12");
        }
        for (String target : TARGETS) {
            assertThat(refused(new SignIn(one, target))).as(target).isEmpty();
        }
        assertThat(one.done("events:verify")).contains("the chain is intact");
    }

    private static List<String> refused(SignIn signIn) throws Exception {
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, String> person : people.passwords().entrySet()) {
            int answer = signIn.attempt(person.getKey(), person.getValue());
            if (answer != 200) {
                refused.add(person.getKey() + ": " + answer);
            }
        }
        return refused;
    }

    /** Nothing is wrong but what was not done here on purpose. */
    private static void awaitQuiet(Installation server) {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(server.exec("doctor").out().lines())
                                        .filteredOn(line -> line.matches("(error|warning) .*"))
                                        .allMatch(line -> line.contains(" export ")));
    }

    private static void awaitDoctor(Installation server, String... words) {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(server.exec("doctor").out()).contains(words));
    }

    @Test
    @Order(1)
    void connectionsThatAreCut_areMadeAnew() throws Exception {
        for (int i = 0; i < 5; i++) {
            changeEverybody();
            postgres.cutConnections();
        }
        assertInOrder();
    }

    @Test
    @Order(2)
    void databaseThatIsRestarted_isUsedAgain() throws Exception {
        share();
        changeEverybody();
        postgres.primary().stop();
        awaitDoctor(one, "error", "Bring the database back; the platform goes on by itself");
        changeEverybody();
        postgres.primary().start();
        assertInOrder();
    }

    @Test
    @Order(3)
    void databaseThatIsReadOnlyForAWhile_isNamed_andWaitedFor() throws Exception {
        share();
        postgres.set("default_transaction_read_only", "on");
        changeEverybody();
        for (Installation server : List.of(one, two)) {
            awaitDoctor(server, "each of the hosts is away, a standby, or read-only");
        }
        postgres.set("default_transaction_read_only", "off");
        assertInOrder();
    }

    @Test
    @Order(4)
    void transactionsInEachOthersWay_areRepeated() throws Exception {
        share();
        postgres.set("default_transaction_isolation", "serializable");
        postgres.cutConnections();
        changeEverybody();
        deadlock();
        changeEverybody();
        assertInOrder();
        postgres.set("default_transaction_isolation", "read committed");
    }

    /** Holds what a commit of a route needs last, and asks for what it has, as soon as it waits. */
    private static void deadlock() throws Exception {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET deadlock_timeout = '60s'");
            connection.setAutoCommit(false);
            statement.execute("SELECT id FROM shared.sync_route FOR UPDATE");
            people.change("u000001");
            Awaitility.await()
                    .atMost(SOON)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () ->
                                    postgres.text(
                                            "SELECT COUNT(*) FROM pg_stat_activity WHERE"
                                                    + " wait_event_type = 'Lock' AND query LIKE"
                                                    + " '%sync_route%'"),
                            count -> !count.equals("0"));
            statement.execute("SELECT route FROM shared.sync_lease FOR UPDATE");
            connection.rollback();
        }
        assertThat(
                        Integer.parseInt(
                                postgres.text(
                                        "SELECT deadlocks FROM pg_stat_database WHERE datname ="
                                                + " 'postgres'")))
                .isPositive();
    }

    @Test
    @Order(5)
    void synchronousStandbyThatIsPromoted_hasEverything() throws Exception {
        share();
        postgres.synchronous();
        changeEverybody();
        one.done("sync:pause people_cloud");
        String journal = postgres.text("SELECT latest FROM shared.journal_head");
        postgres.killPrimary();
        changeEverybody();
        for (Installation server : List.of(one, two)) {
            awaitDoctor(server, "Bring the database back; the platform goes on by itself");
        }
        Typist typist = new Typist().confirming();
        Runbook page = Runbook.of("postgresql-fail-over.md", WORDS);
        page.follow(one, typist, "doctor", 3, 2);
        postgres.promoteStandby();
        // the route is told as paused while the store is away, too
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> {
                            Ran doctor = one.exec("doctor");
                            assertThat(doctor.status()).as(doctor.text()).isIn(0, 3);
                            assertThat(doctor.out()).contains("paused");
                        });
        page.follow(one, typist, "doctor", 0, 3);
        page.follow(one, typist, "sync:status");
        assertThat(one.done("sync:status")).contains("paused");
        one.exec("sync:resume people_cloud");
        two.exec("sync:resume people_cloud"); // one of them has the route
        assertInOrder();
        page.follow(one, typist, "events:verify");
        page.follow(one, typist, "sync:verify");
        assertThat(one.done("events:list --event 9075")).doesNotContain("9075");
        assertThat(postgres.text("SELECT COUNT(*) FROM shared.journal WHERE seq = " + journal))
                .isEqualTo("1");
    }

    @Test
    @Order(6)
    void standbyThatWasBehind_takesThePlace_andIsBroughtUpToDateFromTheSource() throws Exception {
        postgres.followAgain();
        share();
        postgres.cutOffStandby();
        changeEverybody();
        assertInOrder();
        two.stop(); // notes the journal's end
        postgres.killPrimary();
        changeEverybody();
        postgres.promoteStandby();
        two.start();
        Typist typist = new Typist().confirming();
        Runbook page = Runbook.of("postgresql-fail-over.md", WORDS);
        for (int i = 0; i < 5; i++) {
            page.skip("");
        }
        awaitDoctor(two, "which this server noted", "synchronous replication avoids that");
        Awaitility.await()
                .atMost(SOON)
                .until(() -> one.done("events:list --event 9075").contains("9075"));
        page.follow(two, typist, "events:list --event 9075");
        page.follow(two, typist, "events:verify --accept");
        one.done("events:verify --accept --yes");
        assertInOrder();
        page.follow(one, typist, "sync:verify people_cloud --repair");
        page.follow(one, typist, "account:list");
        page.follow(one, typist, "keys:census");
        page.end();
    }
}
