/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk runs full in the middle of a first cycle, and room is made again: the platform goes on by
 * itself. The process is kept from making any file longer, which is what a full disk looks like to
 * it, and needs no disk of its own.
 */
class DiskFullIT {
    private static final int USERS = 10_000;
    private static final String UNLIMITED = "unlimited:unlimited";

    /** What the store says, or the embedded directory, whichever is the first to want room. */
    private static final Pattern FULL = Pattern.compile("File too large|Writing to \\S+ failed");

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir private Path folder;

    @Test
    void fullDisk_withRoomMadeLater_losesNobody() throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "needs prlimit (util-linux)");
        try (Installation installation = install()) {
            installation.start();
            long process = installation.pid();
            limit(process, "1500000:unlimited");
            People people = new People(folder.resolve("people.ldif"), USERS);

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> FULL.matcher(installation.exec("doctor").out()).find());

            limit(process, UNLIMITED);
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> inStep(installation) == USERS);
            assertThat(installation.pid()).as("the same process").isEqualTo(process);
            installation.done("events:verify");
            SignIn signIn = new SignIn(installation, "cloud");
            for (String name : List.of("u000000", "u005000", "u009999")) {
                assertThat(signIn.attempt(name, people.passwords().get(name))).isEqualTo(200);
            }
        }
    }

    private static int inStep(Installation installation) throws Exception {
        Matcher inStep =
                Pattern.compile("\"in-step\":(\\d+)")
                        .matcher(installation.exec("sync:status --json").out());
        return inStep.find() ? Integer.parseInt(inStep.group(1)) : 0;
    }

    private Installation install() throws Exception {
        return Installation.fresh("diskfull").peopleToCloud(folder.resolve("people.ldif"));
    }

    private static void limit(long process, String fileSize) throws Exception {
        Ran ran =
                Installation.run(
                        new ProcessBuilder(
                                PRLIMIT.toString(), "--pid=" + process, "--fsize=" + fileSize),
                        "");
        assertThat(ran.status()).as(ran.text()).isZero();
    }
}
