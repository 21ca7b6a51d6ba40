/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour of the README, pasted as one block into a shell that stops at the first failure. */
class ReadmeIT {
    private static final Path README = Path.of("../../README.md").toAbsolutePath().normalize();

    @TempDir private Path folder;

    @Test
    void tour_worksAsItIsPrinted() throws Exception {
        try (Installation installation = Installation.fresh("readme")) {
            String demo = folder.resolve("demo").toString();
            Ran shown = installation.passbridge("demo", demo);
            assertThat(shown.status()).as(shown.text()).isZero();
            assertThat(shown.out())
                    .contains("Everything is as it should be")
                    .as("a platform that has ended answers no curl")
                    .doesNotContain("curl -s");
            String tour = tour();
            assertThat(tour).contains("bin/passbridge start", "sync activate", "curl -s -d");
            String script =
                    "set -e\n"
                            + tour.replace("../../../target/demo", demo)
                                    .replace("/tmp/people", folder.resolve("people").toString())
                                    .replace("8480", freePort())
                                    .replaceAll("(?m)^cd .*\n", "");
            Ran ran = Installation.run(installation.process(List.of("bash", "-c", script)), "");
            assertThat(ran.status()).as(ran.text()).isZero();
            assertThat(ran.out()).contains("\"result\":\"ok\"", "people_cloud", "erin");
            assertThat(ran.err()).doesNotContain("not read");
            installation.stop();
        }
    }

    private static String freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /** What follows {@code $} in the blocks of one section, and the lines that belong to it. */
    private static String tour() throws Exception {
        String readme = Files.readString(README);
        String section =
                readme.substring(
                        readme.indexOf("## Five minutes"), readme.indexOf("## Connect your own"));
        StringBuilder blocks = new StringBuilder();
        String[] parts = section.split("```\n?");
        for (int i = 1; i < parts.length; i += 2) {
            blocks.append(
                    parts[i].lines()
                            .map(line -> line.startsWith("$ ") ? line.substring(2) : line)
                            .collect(Collectors.joining("\n", "", "\n")));
        }
        return blocks.toString();
    }
}
