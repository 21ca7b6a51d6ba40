/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files of {@code etc/}, as people write them and as commands change them. */
@Tag("once")
class ConfigurationIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void umlautsAndBlanks_workWithoutALocale() throws Exception {
        try (Installation installation = Installation.fresh("Grüße an alle")) {
            for (String variable : new String[] {"LANG", "LC_CTYPE"}) {
                installation.with(variable, "");
            }
            Path folder = Files.createDirectory(installation.home().resolve("Bür o"));
            Path people = folder.resolve("Zürich.ldif");
            new People(people, 3);
            installation.with("LC_ALL", "C").peopleToCloud(people).start();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.done("sync:status --json"))
                                            .contains("\"idle\""));
            assertThat(installation.done("connector:test people")).contains("Zürich.ldif");
        }
    }

    @Test
    void activate_keepsTheFilesCommentsAndSurvivesARestart() throws Exception {
        try (Installation installation = Installation.fresh("activate")) {
            Path people = installation.home().resolve("people.ldif");
            new People(people, 3);
            installation.peopleToCloud(people, "# staging until Monday", "state = staging");
            Path route = installation.home().resolve("etc/io.passbridge.route-people_cloud.cfg");
            installation.start();
            awaitStatus(installation, "staging");
            installation.done("sync:activate people_cloud --yes");
            awaitStatus(installation, "idle");
            assertThat(route).content().contains("# staging until Monday\nstate = on\n");
            installation.stop();
            installation.start();
            awaitStatus(installation, "idle");
        }
    }

    @Test
    void fileThatIsNotUtf8_isRefusedWithItsLineUntilItIsCorrected() throws Exception {
        try (Installation installation = Installation.fresh("encoding")) {
            installation.start();
            Path file = installation.home().resolve("etc/io.passbridge.connector.ldif-people.cfg");
            Path people = installation.home().resolve("ü.ldif");
            new People(people, 3);
            String text = "# people\npath = " + people + "\n";
            Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.exec("doctor").out())
                                            .contains(file.getFileName().toString(), "line 2"));
            assertThat(installation.log()).contains("is refused: line 2 is not UTF-8");
            Files.writeString(file, "\uFEFF" + text);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.exec("connector:list").out())
                                            .containsPattern("people +ldif +(ready|online)"));
            assertThat(installation.exec("doctor").out()).doesNotContain("line 2");
        }
    }

    @Test
    void faults_areNamedByEveryoneWhoMeetsThem() throws Exception {
        try (Installation installation = Installation.fresh("faults")) {
            Path people = installation.home().resolve("people.ldif");
            new People(people, 3);
            Path aside = Files.createDirectory(installation.home().resolve("aside"));
            Path draft = aside.resolve("io.passbridge.route-people_cloud.cfg");
            Files.writeString(
                    draft,
                    "source = people\ntarget = cloud\nexlude = svc-.*\npageSize = many\n"
                            + "include = (\n");
            installation
                    .peopleToCloud(people, "exlude = u.*")
                    .etc("io.passbridge.route-again.cfg", "source = people", "target = cloud")
                    .etc("io.passbridge.rout-ab.cfg", "source = people")
                    .etc("io.passbridge.route.cfg", "source = people")
                    .etc("io.passbridge.scheduler-x.cfg", "leaseSeconds = 5")
                    .etc("io.passbridge.connector.ldif-late.cfg", "path = " + aside + "/late.ldif")
                    .start();
            String status = installation.exec("sync:status --json").out();
            assertThat(status)
                    .contains("\"invalid\"", "'exlude' is not a parameter", "did you mean exclude");
            assertThat(installation.exec("doctor --json").out())
                    .contains("did you mean exclude")
                    .contains("nobody reads io.passbridge.rout", "io.passbridge.route-ab.cfg?")
                    .contains("is refused: it names no instance (call it")
                    .contains("call it io.passbridge.route-NAME.cfg")
                    .contains("call it io.passbridge.scheduler.cfg")
                    .contains("has the same source people and target cloud");
            assertThat(installation.done("events:list --event 9002 --json"))
                    .contains("exlude", "route people_cloud", "etc/io.passbridge.route.cfg");
            assertThat(installation.log()).doesNotContain("Exception", "\tat ");
            assertIdleConnectorFollowsItsFile(installation, aside.resolve("late.ldif"));
            Ran checked = installation.exec("config:check " + draft + " --json");
            assertThat(checked.status()).isEqualTo(2);
            assertThat(checked.out())
                    .contains("did you mean exclude", "'many'", "no regular expression");
            Path rival = aside.resolve("io.passbridge.route-again2.cfg");
            Files.writeString(rival, "source = people\ntarget = cloud\n");
            assertThat(installation.exec("config:check " + rival).out())
                    .contains("has the same source people and target cloud");
            for (String command : new String[] {"config:check", "keys:inspect", "keys:activate"}) {
                assertThat(installation.exec(command + " /dev/zero").text())
                        .contains("status 2", "/dev/zero is no file");
            }
            assertThat(installation.exec("config:check").status()).isEqualTo(2);
            installation.etc(
                    "io.passbridge.route-people_cloud.cfg", "source = people", "target = cloud");
            assertThat(
                            installation
                                    .exec("config:check etc/io.passbridge.route-people_cloud.cfg")
                                    .text())
                    .contains("status 3", "has the same source");
        }
    }

    /** Nobody calls the connector: it has no route. */
    private static void assertIdleConnectorFollowsItsFile(Installation installation, Path file)
            throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.exec("connector:list").out())
                                        .containsPattern("late +ldif +offline"));
        assertThat(installation.exec("doctor --json").out())
                .contains("offline: " + file + " is not there");
        Path whole = file.resolveSibling("whole.ldif");
        new People(whole, 2);
        Files.writeString(
                whole,
                "dn: uid=x,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: x\n\n",
                StandardOpenOption.APPEND);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        // one record that cannot be used keeps nobody else from being read
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.exec("connector:list").out())
                                        .containsPattern("late +ldif +online"));
    }

    /** The route is there before its ends are, as when files are copied one after the other. */
    private static void assertOrderOfFilesIsNoFailure(Installation installation, Path people)
            throws Exception {
        installation.etc(
                "io.passbridge.route-people_cloud.cfg",
                "source = people",
                "target = cloud",
                "digest = pph1",
                "accounts = create");
        await().atMost(PATIENCE)
                .until(() -> installation.exec("sync:status").out().contains("people_cloud"));
        installation.peopleToCloud(people);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.done("sync:status --json"))
                                        .contains("\"in-step\":3,", "\"idle\""));
        assertThat(installation.done("events:list --severity error --json")).isEqualTo("[]\n");
        assertThat(installation.done("sync:preview")).contains("no password is sent");
        assertThat(installation.done("sync:history --json")).doesNotContain("failed\",");
    }

    @Test
    void wrongValueOfTheScheduler_isNamedAndNeverTakenForALock() throws Exception {
        try (Installation installation = Installation.fresh("scheduler")) {
            Path people = installation.home().resolve("people.ldif");
            new People(people, 3);
            installation.start();
            assertOrderOfFilesIsNoFailure(installation, people);
            installation.etc("io.passbridge.scheduler.cfg", "leaseSeconds = soon");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.exec("doctor --json").out())
                                            .contains(
                                                    "etc/io.passbridge.scheduler.cfg",
                                                    "leaseSeconds is 'soon'"));
            assertThat(installation.exec("sync:status --json").out())
                    .contains("\"idle\"")
                    .doesNotContain("locked");
            assertThat(installation.exec("config:wait").text())
                    .contains("status 3", "scheduler.cfg; config:check says what");
            installation.stop();
            assertObjection(installation, "scheduler.cfg: leaseSeconds is 'soon'");
            installation.etc("io.passbridge.scheduler.cfg", "leaseSecond = 30");
            assertObjection(installation, "did you mean leaseSeconds?");
            installation.etc("io.passbridge.scheduler.cfg", "leaseSeconds = 3");
            assertObjection(installation, "leaseSeconds is '3'", "4 to 600");
            installation.etc("io.passbridge.scheduler.cfg", "leaseSeconds = 30");
            installation.etc("io.passbridge.fips.cfg", "enforce = yes");
            assertObjection(installation, "fips.cfg: enforce is 'yes'", "is not allowed");
            Files.write(
                    installation.home().resolve("etc/io.passbridge.fips.cfg"),
                    "# für alle\nenforce = on\n".getBytes(StandardCharsets.ISO_8859_1));
            assertObjection(installation, "fips.cfg: line 1 is not UTF-8");
        }
    }

    private static void assertObjection(Installation installation, String... words)
            throws Exception {
        Ran refused = installation.passbridge("start");
        assertThat(refused.status()).as(refused.text()).isEqualTo(2);
        assertThat(refused.err()).contains(words).doesNotContain("locked");
        assertThat(installation.passbridge("status").status()).isEqualTo(4);
    }

    private static void awaitStatus(Installation installation, String phase) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.exec("sync:status --json").out())
                                        .contains("\"" + phase + "\""));
    }
}
