/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * Two servers on one PostgreSQL share the routes; one is stopped, killed and suspended. {@code
 * -Dtakeovers=30} measures each of that so often.
 */
@Tag("live")
@EnabledIf(
        value = "possible",
        disabledReason = "needs PostgreSQL (initdb) and a terminal (expect), and one is missing")
@Tag("once")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedRoutesIT {
    private static final int USERS = 10;
    private static final int TIMES = Integer.getInteger("takeovers", 1);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration KILLED = Duration.ofSeconds(10);
    private static final Duration STOPPED = Duration.ofSeconds(1);

    @TempDir private static Path folder;
    private static PostgresLab postgres;
    private static People people;
    private static Installation one;
    private static Installation two;
    private static String first;
    private static String second;
    private static LeaseWatch leases;

    static boolean possible() {
        return PostgresLab.possible() && Typist.possible();
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresLab.up();
        people = new People(folder.resolve("people.ldif"), USERS);
        Servers servers = new Servers(postgres, folder.resolve("people.ldif"));
        one = servers.server("one", "shared", "cloud", "second");
        two = servers.server("two", "shared", "cloud", "second");
        one.start();
        Servers.setAccount(one, "cloud");
        Servers.setAccount(one, "second");
        Servers.awaitInStep(one, "cloud", USERS);
        Servers.awaitInStep(one, "second", USERS);
        Servers.copyKeySet(one, two);
        two.start();
        first = LeaseWatch.id(one);
        second = LeaseWatch.id(two);
        leases = new LeaseWatch(postgres, "shared");
    }

    @AfterAll
    static void stop() throws Exception {
        leases.close();
        two.close();
        one.close();
        postgres.close();
    }

    private static void awaitShared() {
        leases.await(LeaseWatch.each(1, first, second), SOON);
    }

    /** A new password reaches both targets, whoever runs the routes to them. */
    private static void assertWorks(Installation server, String user) throws Exception {
        people.change(user);
        Servers.awaitSignIn(server, "cloud", user, people);
        Servers.awaitSignIn(server, "second", user, people);
    }

    private static void tell(String what, List<Duration> took) {
        List<Duration> sorted = took.stream().sorted().toList();
        System.out.printf(
                "%s: %d times, median %d ms, longest %d ms%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get(sorted.size() - 1).toMillis());
    }

    @Test
    @Order(1)
    void routesAreShared_andMovedByHand() throws Exception {
        awaitShared();
        assertThat(two.done("sync:status")).contains("SERVER", first, second);
        assertThat(one.done("sync:status --json").split("\"leaseHolder\":\"[^\"]*" + second, -1))
                .hasSize(2);
        assertWorks(two, "u000001");

        two.done("sync:activate --all --yes");
        leases.await(LeaseWatch.all(second), SOON);
        assertThat(one.exec("sync:run people_cloud").err()).contains("is held by", second);
        assertThat(one.exec("sync:pause people_cloud").err()).contains(second, "do it there");
        assertWorks(one, "u000002");
        one.done("sync:activate people_cloud --yes");
        awaitShared();
        assertThat(one.done("events:list --json")).contains("\"event\":9062", "\"event\":9063");
        one.done("sync:activate people_second --yes");
        leases.await(LeaseWatch.all(first), SOON);
        one.done("sync:pause people_second");
        Ran all = one.exec("sync:run");
        assertThat(all.status()).as("one of them did not run").isEqualTo(3);
        assertThat(all.text()).contains("people_cloud", "people_second", "paused");
        one.done("sync:resume people_second");
    }

    @Test
    @Order(2)
    void killedServersRoutes_areTakenOverWithinTenSeconds() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            two.done("sync:activate --all --yes");
            leases.await(LeaseWatch.all(second), SOON);
            two.kill();
            took.add(leases.await(LeaseWatch.all(first), SOON));
            assertWorks(one, "u000003");
            two.start();
            awaitShared();
        }
        tell("after kill -9", took);
        assertThat(took).allMatch(time -> time.compareTo(KILLED) <= 0);
    }

    @Test
    @Order(3)
    void suspendedServerThatWakesUp_writesNothing() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            two.done("sync:activate --all --yes");
            leases.await(LeaseWatch.all(second), SOON);
            String pid = Long.toString(two.pid());
            signal("-STOP", pid);
            took.add(leases.await(LeaseWatch.all(first), SOON));
            assertWorks(one, "u000004");
            String lost = one.done("events:list --json");
            signal("-CONT", pid);
            awaitShared();
            Awaitility.await()
                    .atMost(SOON)
                    .until(
                            () ->
                                    count(one.done("events:list --json"), "\"event\":9061")
                                            > count(lost, "\"event\":9061"));
            assertWorks(two, "u000005");
        }
        tell("after SIGSTOP", took);
        assertThat(took).allMatch(time -> time.compareTo(KILLED) <= 0);
        for (Map.Entry<String, String> person : people.passwords().entrySet()) {
            assertThat(new SignIn(one, "cloud").attempt(person.getKey(), person.getValue()))
                    .as(person.getKey())
                    .isEqualTo(200);
        }
    }

    private static int count(String text, String what) {
        return text.split(what, -1).length;
    }

    private static void signal(String signal, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
    }

    @Test
    @Order(4)
    void stoppedServersRoutes_areTakenOverWithinASecond() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            two.done("sync:activate --all --yes");
            leases.await(LeaseWatch.all(second), SOON);
            two.passbridgeInBackground("stop");
            leases.await(LeaseWatch.each(0, second), SOON);
            took.add(leases.await(LeaseWatch.all(first), SOON));
            Awaitility.await().atMost(SOON).until(() -> two.passbridge("status").status() == 4);
            assertWorks(one, "u000006");
            two.start();
            awaitShared();
        }
        tell("after a clean stop", took);
        assertThat(took).allMatch(time -> time.compareTo(STOPPED) <= 0);
    }

    @Test
    @Order(5)
    void oneAfterTheOther_asTheRunbookSays() throws Exception {
        Typist typist = new Typist().confirming();
        Runbook page = Runbook.of("upgrade-two-servers.md", Map.of());
        page.follow(two, typist, "sync:status");
        page.follow(two, typist, "doctor", 0, 3);
        page.follow(one, typist, "bin/passbridge stop");
        people.change("u000007");
        leases.await(LeaseWatch.all(second), STOPPED);
        page.follow(two, typist, "sync:status");
        page.follow(one, typist, "bin/passbridge start");
        page.follow(one, typist, "sync:status");
        page.follow(one, typist, "doctor", 0, 3);
        awaitShared();
        page.follow(two, typist, "bin/passbridge stop");
        people.change("u000008");
        leases.await(LeaseWatch.all(first), STOPPED);
        page.follow(one, typist, "sync:status");
        page.follow(two, typist, "bin/passbridge start");
        awaitShared();
        page.follow(two, typist, "sync:status");
        page.follow(two, typist, "doctor", 0, 3);
        page.end();
        for (String user : List.of("u000007", "u000008")) {
            Servers.awaitSignIn(one, "cloud", user, people);
            Servers.awaitSignIn(one, "second", user, people);
        }
        assertThat(leases.fullRuns()).as("always from the watermarks").isEqualTo(2);
    }
}
