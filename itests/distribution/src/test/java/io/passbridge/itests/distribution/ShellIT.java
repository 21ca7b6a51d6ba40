/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a terminal: of a platform in the foreground, and of one in the background. */
class ShellIT {
    private static final String PROMPT = "passbridge> $";

    @TempDir private Path folder;

    @BeforeAll
    static void terminal() {
        assumeTrue(Typist.possible(), "expect is not installed: no terminal to type at");
    }

    private Path people(int count) throws Exception {
        Path file = folder.resolve("people.ldif");
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < count; i++) {
            records.append(
                    """
                    dn: uid=u%1$d,dc=corp
                    entryUUID: 00000000-0000-4000-8000-%1$012d
                    uid: u%1$d
                    sambaNTPassword: 8846F7EAEE8FB117AD06BDD830B7586C
                    sambaPwdLastSet: 1700000000

                    """
                            .formatted(i));
        }
        return Files.writeString(file, records);
    }

    @Test
    void foreground_completesFollowsAndAsksBeforeItEnds() throws Exception {
        try (Installation installation = Installation.fresh("shell")) {
            installation.peopleToCloud(people(3));
            Ran ran =
                    new Typist()
                            .when(PROMPT, "conn\\t")
                            .when("connector:", "te\\t")
                            .when("st $", "peo\\t")
                            .when("ple $", "--j\\t")
                            .when("--json $", "\\r")
                            .when("users looked at", "")
                            .when(PROMPT, "events:tail\\r")
                            .when("2\\d\\d\\d-\\d\\d-\\d\\dT", "\\003")
                            .when("No longer following", "")
                            .when(PROMPT, "help | grep tail\\r")
                            .when("events:tail +show", "")
                            .when(PROMPT, "\\004")
                            .when("y/N. $", "n\\r")
                            .when(PROMPT, "sync:status --watch\\r")
                            .when("people_cloud +idle", "\\003")
                            .when("No longer watching", "")
                            .when(PROMPT, "events:list --severity warning\\r")
                            .when(PROMPT, "keys:miiskmu /?\\r")
                            .when("/u:", "")
                            .when(PROMPT, "exit\\r")
                            .when("y/N. $", "y\\r")
                            .session(installation, "run");
            assertThat(ran.status()).as(ran.text()).isZero();
            assertThat(ran.out()).doesNotContain("Exception", "gogo:", "no matches");
            assertThat(ran.out())
                    .as("a table of 80 columns breaks no word")
                    .containsPattern("ROUTE +STATE +PEOPLE +IN STEP +WAITING +REFUSED");
            assertThat(installation.passbridge("status").status()).isEqualTo(4);
        }
    }

    @Test
    void interruptedRun_goesOnAndSaysHowToWatchOrStopIt() throws Exception {
        try (Installation installation = Installation.fresh("interrupt")) {
            installation
                    .peopleToCloud(people(400), "state = staging")
                    .etc("io.passbridge.hash.pph2.cfg", "iterations = 20000000");
            Path route = installation.home().resolve("etc/io.passbridge.route-people_cloud.cfg");
            Files.writeString(route, Files.readString(route).replace("pph1", "pph2"));
            Ran ran =
                    new Typist()
                            .when(PROMPT, "sync:activate people_cloud --yes\\r")
                            .when("is on", "")
                            .when(PROMPT, "sync:run\\r")
                            .when("of \\d+", "\\003")
                            .when("goes on.*sync:pause people_cloud", "")
                            .when(PROMPT, "sync:status --json\\r")
                            .when("\"running\"", "")
                            .when(PROMPT, "sync:pause people_cloud\\r")
                            .when("paused", "")
                            .when(PROMPT, "quit\\r")
                            .when("y/N. $", "yes\\r")
                            .session(installation, "run");
            assertThat(ran.status()).as(ran.text()).isZero();
            assertThat(ran.out()).doesNotContain("Exception", "gogo:");
        }
    }

    @Test
    void background_hasTheSameShellAndOutlivesIt() throws Exception {
        try (Installation installation = Installation.fresh("client")) {
            assertThat(installation.passbridge("shell").err()).contains("needs a terminal");
            installation.peopleToCloud(people(3)).start();
            Ran ran =
                    new Typist()
                            .when(PROMPT, "sync:ru\\t")
                            .when("sync:run $", "peo\\t")
                            .when("people_cloud $", "\\003")
                            .when(PROMPT, "word=hello\\r")
                            .when(PROMPT, "connector:show \\$word\\r")
                            .when("instance hello", "connector:show nobody\\r")
                            .when("instance nobody", "")
                            .when(PROMPT, "\\004")
                            .when("goes on", "")
                            .session(installation, "shell");
            assertThat(ran.status()).as(ran.text()).isZero();
            assertThat(installation.passbridge("status").status()).isZero();
            assertThat(installation.data().resolve("shell-history"))
                    .content()
                    .contains("connector:show nobody");
            assertThat(Files.getPosixFilePermissions(installation.data().resolve("shell-history")))
                    .hasSize(2);
            assertScopesAndCompletionOfBash(installation);
            Ran stopped =
                    new Typist()
                            .when(PROMPT, "shutdown\\r")
                            .when("y/N. $", "y\\r")
                            .session(installation, "shell");
            assertThat(stopped.status()).as(stopped.text()).isZero();
        }
    }

    private static void assertScopesAndCompletionOfBash(Installation installation)
            throws Exception {
        assertThat(installation.passbridge("sync", "explain", "*").text())
                .contains("'*'")
                .doesNotContain("gogo");
        assertThat(installation.passbridge("connector", "list", "--json").out())
                .contains("\"people\"");
        assertThat(installation.passbridge("events", "list", "--limit", "1").status()).isZero();
        assertThat(installation.passbridge("doctor", "--json").status()).isIn(0, 3);
        assertThat(installation.passbridge("sync").status()).isEqualTo(1);
        assertThat(completed(installation, "sh")).isEqualTo("shell");
        assertThat(completed(installation, "sync", "act")).isEqualTo("activate");
        assertThat(completed(installation, "sync", "activate", "p")).isEqualTo("people_cloud");
        assertThat(completed(installation, "doctor", "--a")).isEqualTo("--all");
    }

    /** What bash makes of a line when Tab is pressed. */
    private static String completed(Installation installation, String... words) throws Exception {
        String line =
                "source lib/bash-completion/passbridge; COMP_WORDS=(bin/passbridge "
                        + String.join(" ", words)
                        + "); COMP_CWORD="
                        + words.length
                        + "; _passbridge; echo \"${COMPREPLY[*]}\"";
        return Installation.run(installation.process(List.of("bash", "-c", line)), "")
                .out()
                .strip();
    }
}
