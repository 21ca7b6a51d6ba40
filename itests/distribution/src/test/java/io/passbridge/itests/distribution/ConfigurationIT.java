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
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The files of {@code etc/}, as people write them and as commands change them. */
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

    private static void awaitStatus(Installation installation, String phase) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.exec("sync:status --json").out())
                                        .contains("\"" + phase + "\""));
    }
}
