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
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demonstration, by somebody who is not root, in a folder of their own with an odd name. */
class OrdinaryUserIT {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    @Test
    void demonstration_inAFolderNamedWithABlankAndAnUmlaut_withoutALocale() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root") && Files.isExecutable(SETPRIV),
                "NOT TESTED: only root can become somebody else, with setpriv (util-linux)");
        Path built = Path.of(System.getProperty("distribution")).normalize();
        Path home = Files.createTempDirectory("passbridge-user");
        try {
            Path folder = Files.createDirectory(home.resolve("Büro Zürich"));
            done(new ProcessBuilder("cp", "-a", built + "/.", folder.toString()));
            done(new ProcessBuilder("chown", "-R", "nobody:nogroup", home.toString()));
            ProcessBuilder demonstration =
                    new ProcessBuilder(
                                    SETPRIV.toString(),
                                    "--reuid=nobody",
                                    "--regid=nogroup",
                                    "--clear-groups",
                                    folder.resolve("bin/passbridge").toString(),
                                    "demo",
                                    "Vorführung 1")
                            .directory(folder.toFile());
            Map<String, String> environment = demonstration.environment();
            String java = environment.get("PASSBRIDGE_JAVA");
            String path = environment.get("PATH");
            environment.clear();
            environment.put("PATH", path);
            environment.put("LC_ALL", "C");
            if (java != null) {
                environment.put("PASSBRIDGE_JAVA", java);
            }

            Ran ran = Installation.run(demonstration, "");

            assertThat(ran.status()).as(ran.text()).isZero();
            assertThat(ran.out()).contains("Everything is as it should be");
            assertThat(folder.resolve("Vorführung 1/etc")).isDirectory();
        } finally {
            done(new ProcessBuilder(List.of("rm", "-rf", home.toString())));
        }
    }

    private static void done(ProcessBuilder command) throws Exception {
        Ran ran = Installation.run(command, "");
        assertThat(ran.status()).as(ran.text()).isZero();
    }
}
