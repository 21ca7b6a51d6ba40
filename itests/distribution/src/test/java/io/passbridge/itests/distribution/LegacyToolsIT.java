/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/miiskmu} and {@code bin/miisactivate} as runbooks use them: in scripts, at a terminal,
 * on a platform that runs and on one that does not.
 */
@Tag("live")
@EnabledIf(
        value = "possible",
        disabledReason = "needs PostgreSQL (initdb) and a terminal (expect), and one is missing")
class LegacyToolsIT {
    private static final String PASSWORD = "of the export 1";
    private static final String WARNING = "others can see a password on the command line";
    private static final int USERS = 10;
    private static PostgresLab postgres;

    @TempDir private Path folder;

    static boolean possible() {
        return PostgresLab.possible() && Typist.possible();
    }

    @BeforeAll
    static void database() throws Exception {
        postgres = PostgresLab.up();
    }

    @AfterAll
    static void noDatabase() throws Exception {
        postgres.close();
    }

    private Servers servers() {
        return new Servers(postgres, folder.resolve("people.ldif"));
    }

    private People people() throws Exception {
        return new People(folder.resolve("people.ldif"), USERS);
    }

    /** Of a file of {@code bin/}, as a script runs it. */
    private static Ran script(Installation server, String program, String... words)
            throws Exception {
        List<String> command =
                new ArrayList<>(List.of(server.home().resolve("bin").resolve(program).toString()));
        command.addAll(List.of(words));
        return Installation.run(server.process(command), "");
    }

    @Test
    void exportAtATerminal_activatedOnASecondServer_fencesTheRunningFirstOut() throws Exception {
        People people = people();
        try (Installation one = servers().server("one", "typed", "cloud");
                Installation two = servers().server("two", "typed", "cloud")) {
            one.start();
            Servers.setAccount(one, "cloud");
            Servers.awaitInStep(one, "cloud", USERS);
            String export = folder.resolve("keys.pbks").toString();
            Ran exported =
                    new Typist()
                            .answering("Password for the export: $", PASSWORD)
                            .answering("Again: $", PASSWORD)
                            .run(one, "miiskmu", "/e", export, "/u:svc", "*", "/q");
            assertThat(exported.status()).as(exported.text()).isZero();
            assertThat(exported.text()).doesNotContain(PASSWORD, WARNING);
            assertThat(one.done("events:list --json"))
                    .as("who exported")
                    .containsPattern("\"event\":9019,.*as svc");

            two.start();
            assertThat(two.exec("account:test cloud").status()).as("foreign keys").isEqualTo(2);
            assertNothingIsDestroyed(two);
            Ran activated =
                    new Typist()
                            .answering("Password of the export: $", PASSWORD)
                            .confirming()
                            .run(two, "miisactivate", export, "svc", "*");
            assertThat(activated.status()).as(activated.text()).isZero();
            assertThat(activated.text())
                    .contains("holds the writer's lease", "1 of 1 stored values open")
                    .doesNotContain(PASSWORD, WARNING);
            assertTakenOver(one, two, people);
        }
    }

    @Test
    void exportInAScript_activatedOnAStoppedSecondServer_fencesTheFirstOut() throws Exception {
        People people = people();
        try (Installation one = servers().server("one", "scripted", "cloud");
                Installation two = servers().server("two", "scripted", "cloud")) {
            one.start();
            Servers.setAccount(one, "cloud");
            Servers.awaitInStep(one, "cloud", USERS);
            one.stop();
            String export = folder.resolve("keys.pbks").toString();
            Ran exported = script(one, "miiskmu", "/E", export, "/U:svc", PASSWORD, "/Q");
            assertThat(exported.status()).as(exported.text()).isZero();
            assertThat(exported.out() + exported.err()).as("quiet").isBlank();
            Ran unquoted = script(one, "miiskmu", "/e", export + "2", "/u:svc", "LICENSE", "/q");
            assertThat(unquoted.status()).as("* that the shell expanded").isEqualTo(1);
            assertThat(unquoted.err()).contains("write '*' in quotes");
            Ran again = script(one, "miiskmu", "/e", export, "/u", "svc", PASSWORD);
            assertThat(again.status()).as("an export replaces no file").isEqualTo(2);
            assertThat(again.err()).contains(WARNING, "exists").doesNotContain(PASSWORD);
            Ran warned = script(one, "miiskmu", "/e", export + "3", "/u", "svc", PASSWORD);
            assertThat(warned.status()).as(warned.text()).isZero();
            assertThat(warned.err())
                    .contains(WARNING, "becomes the export's own")
                    .doesNotContain(PASSWORD);
            one.start();

            Ran unquoted2 = script(two, "miisactivate", export, "svc", "LICENSE", "/q");
            assertThat(unquoted2.err()).contains("write '*' in quotes");
            Ran wrong = script(two, "miisactivate", export, "svc", "of another", "/q");
            assertThat(wrong.status()).isEqualTo(2);
            Ran activated = script(two, "miisactivate", export, "svc", PASSWORD, "/q");
            assertThat(activated.status()).as(activated.text()).isZero();
            assertThat(activated.out() + activated.err()).as("quiet").isBlank();
            two.start();
            assertTakenOver(one, two, people);
        }
    }

    /** A second server without the key set neither writes nor advises to. */
    private static void assertNothingIsDestroyed(Installation two) throws Exception {
        assertThat(two.passbridge("status").status()).as("no key set of its own").isEqualTo(5);
        assertThat(two.exec("doctor --json").out())
                .contains("keys:activate an export")
                .doesNotContain("account:set");
        Path secret = two.secretFile("secret", PostgresLab.PASSWORD);
        Ran set = two.exec("account:set cloud --name x --secret-file " + secret);
        assertThat(set.status()).as(set.text()).isEqualTo(2);
        assertThat(set.err()).contains("is at work on the store", "--anyway");
        Ran abandoned = two.exec("keys:abandon --yes --key-set unreadable");
        assertThat(abandoned.status()).as(abandoned.text()).isEqualTo(2);
        assertThat(abandoned.err()).contains("is at work on the store");
        Files.delete(secret);
    }

    private static void assertTakenOver(Installation one, Installation two, People people)
            throws Exception {
        assertThat(Servers.keySet(two)).isEqualTo(Servers.keySet(one));
        two.done("account:test cloud");
        people.change("u000003");
        Servers.awaitSignIn(two, "cloud", "u000003", people);
        assertThat(one.done("sync:status")).as("fenced out").contains("standby");
    }

    @Test
    void abandonAtATerminal_twoAccountsAnew_andSynchronisationGoesOn() throws Exception {
        People people = people();
        try (Installation server = servers().server("lost", "lost", "cloud", "second")) {
            String before = inStepThenLocked(server);
            server.start();
            assertThat(server.passbridge("status").out()).contains("locked");
            abandon(server, before);
            setAnew(server);
            assertGoesOn(server, people);
        }
    }

    @Test
    void abandonOnAStoppedPlatform_twoAccountsAnew_andSynchronisationGoesOn() throws Exception {
        People people = people();
        try (Installation server = servers().server("lost", "offline", "cloud", "second")) {
            String before = inStepThenLocked(server);
            Ran refused = script(server, "miiskmu", "/a", "/q");
            assertThat(refused.status()).as("nobody can confirm").isEqualTo(2);
            assertThat(Servers.keySet(server)).isEqualTo(before);
            abandon(server, before);
            server.start();
            setAnew(server);
            assertGoesOn(server, people);
        }
    }

    @Test
    void batches_moveEveryValueToTheNewKey() throws Exception {
        people();
        try (Installation server = servers().server("batches", "batches", "cloud", "second")) {
            server.start();
            Servers.setAccount(server, "cloud");
            Servers.setAccount(server, "second");
            server.done("keys:add");
            Ran running = script(server, "miiskmu", "/b", "1");
            assertThat(running.status()).as(running.text()).isZero();
            assertThat(server.done("keys:census --json"))
                    .contains("\"key\":2,\"state\":\"primary\",\"values\":2")
                    .doesNotContain("\"key\":1");
            server.stop();
            assertThat(server.passbridge("keys", "add").status()).isZero();
            Ran stopped = script(server, "miiskmu", "/b1");
            assertThat(stopped.status()).as(stopped.text()).isZero();
            assertThat(server.passbridge("keys", "census", "--json").out())
                    .contains("\"key\":3,\"state\":\"primary\",\"values\":2");
            assertThat(script(server, "miiskmu", "/b", "none").status()).isEqualTo(1);
        }
    }

    /** Two targets in step, then a password that nobody knows; stopped. */
    private static String inStepThenLocked(Installation server) throws Exception {
        server.start();
        for (String target : List.of("cloud", "second")) {
            Servers.setAccount(server, target);
        }
        for (String target : List.of("cloud", "second")) {
            Servers.awaitInStep(server, target, USERS);
        }
        String keySet = Servers.keySet(server);
        server.stop();
        Servers.losePassword(server);
        Ran help = script(server, "miiskmu", "/?");
        assertThat(help.status()).isZero();
        assertThat(help.out()).as("the help of a locked platform").contains(keySet);
        return keySet;
    }

    private static void abandon(Installation server, String before) throws Exception {
        Ran abandoned = new Typist().confirming().run(server, "miiskmu", "/a");
        assertThat(abandoned.status()).as(abandoned.text()).isZero();
        assertThat(abandoned.text())
                .contains("0 stored values open and are rescued, 2 are lost")
                .contains("Type " + before)
                .contains("account:set cloud", "account:set second");
        assertThat(Servers.keySet(server)).isNotEqualTo(before);
    }

    private static void setAnew(Installation server) throws Exception {
        assertThat(server.exec("account:test cloud").status()).as("lost").isEqualTo(2);
        Servers.setAccount(server, "cloud");
        Servers.setAccount(server, "second");
    }

    private static void assertGoesOn(Installation server, People people) throws Exception {
        people.change("u000001");
        Servers.awaitSignIn(server, "cloud", "u000001", people);
        Servers.awaitSignIn(server, "second", "u000001", people);
        assertThat(Servers.fullRuns(server))
                .as("from the old watermarks: no second full run of either route")
                .isEqualTo(2);
        assertThat(server.done("keys:verify --json")).contains("\"values\":2,\"opened\":2");
        assertThat(Files.exists(server.data().resolve("keys/keyset.next.pbks"))).isFalse();
    }
}
