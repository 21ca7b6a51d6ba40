/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects of others, built from the artifacts of this build with their own Maven. On demand, with
 * {@code -Dstrangers}: Maven needs its plug-in for archetypes in the machine's repository.
 */
@EnabledIfSystemProperty(named = "strangers", matches = ".*", disabledReason = "on demand")
class StrangersIT {
    @TempDir private static Path work;

    private static Stranger stranger;

    @BeforeAll
    static void release() throws Exception {
        stranger = Stranger.in(work.resolve("stranger"));
    }

    /** The test of the sample starts a container, seals a secret and runs a route. */
    @Test
    void sampleOfEmbedding_buildsAndPassesItsOwnTest() throws Exception {
        Path project = Stranger.copy("features/sample-embedder", work.resolve("embedder"));
        stranger.run(project, Map.of(), "mvn -q verify");
        assertThat(
                        project.resolve(
                                "target/surefire-reports/com.example.embedder.ContainerTest.txt"))
                .content()
                .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    }

    /** Every block of the guide's first section, as it stands there. */
    @Test
    void guideToAConnector_leadsFromNothingToOneThatRunsAndIsUpdated() throws Exception {
        try (Installation installation = Installation.fresh("kit")) {
            installation.start();
            Map<String, String> platform = Map.of("PASSBRIDGE", installation.home().toString());
            List<String> blocks = blocks();
            assertThat(blocks).hasSize(5);
            stranger.run(work, platform, blocks.get(0));
            Path project = work.resolve("org.acme.badges");
            stranger.run(project, platform, blocks.get(1));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () ->
                                    assertThat(stranger.run(project, platform, blocks.get(2)))
                                            .contains("deploy/badges.jar", "org.acme.badges 1.0.0")
                                            .containsPattern("state +online")
                                            .contains("ada", "{SSHA}"));
            stranger.run(project, platform, blocks.get(3));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () ->
                                    assertThat(stranger.run(project, platform, blocks.get(4)))
                                            .contains("Badges of the front desk"));
        }
    }

    private static List<String> blocks() throws IOException {
        String guide = Files.readString(Path.of("../../docs/writing-a-connector.md"));
        String section = guide.substring(guide.indexOf("## From nothing"), guide.indexOf("## 1."));
        return Pattern.compile("(?s)```sh\\n(.*?)```")
                .matcher(section)
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
