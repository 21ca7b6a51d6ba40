/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The launcher's commands and exit statuses, which scripts rely on. */
class LauncherIT {
    private static Installation installation;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.fresh("launcher");
        installation.start();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @Test
    void secondStart_onTheSameData_isRefusedByName() throws Exception {
        Ran again = installation.passbridge("run", "--no-shell");
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains(Long.toString(installation.pid()));
    }

    @Test
    void status_tellsARunningPlatform() throws Exception {
        Ran status = installation.passbridge("status");
        assertThat(status.status()).isZero();
        assertThat(status.out()).contains("unlocked");
    }

    @Test
    void exec_passesTheExitStatusOn() throws Exception {
        assertThat(installation.exec("keys:status").status()).isZero();
        assertThat(installation.exec("keys:status --no-such-option").status()).isEqualTo(1);
        assertThat(installation.exec("connector:show nobody").status()).isEqualTo(2);
    }

    @Test
    void doctor_ofAFreshPlatform_complainsOfNothingThatCameWithIt() throws Exception {
        assertThat(installation.exec("doctor").out()).doesNotContain("deploy/");
    }

    @Test
    void unknownVerb_isNamed() throws Exception {
        Ran ran = installation.passbridge("dance");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("'dance'", "--help");
        assertThat(installation.passbridge().err()).contains("usage:", "start");
    }

    @Test
    void everyCommand_hasHelpWithAnExample() throws Exception {
        for (String command :
                new String[] {
                    "keys:status", "keys:list", "keys:unlock", "keys:passwd", "account:list",
                    "account:set", "connector:list", "connector:test", "sync:status", "sync:run",
                    "sync:explain", "sync:pause", "sync:resume", "sync:history", "events:list",
                    "events:verify", "doctor"
                }) {
            assertThat(installation.done(command + " --help")).as(command).contains("example");
        }
    }

    @Test
    void vectorModule_isThereFromJava25On_howeverThePlatformIsStarted() throws Exception {
        assertVectorsWhereTheyPay(installation);
        try (Installation other = Installation.fresh("foreground")) {
            other.passbridgeInBackground("run", "--no-shell");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> other.passbridge("status").status() != 4);
            assertVectorsWhereTheyPay(other);
        }
    }

    private static void assertVectorsWhereTheyPay(Installation started) throws Exception {
        ProcessHandle.Info platform = ProcessHandle.of(started.pid()).orElseThrow().info();
        Ran java =
                Installation.run(
                        new ProcessBuilder(
                                platform.command().orElseThrow(),
                                "-XshowSettings:properties",
                                "-version"),
                        "");
        Matcher version =
                Pattern.compile("java.specification.version = (\\d+)").matcher(java.text());
        assertThat(version.find()).as(java.text()).isTrue();
        List<String> arguments = List.of(platform.arguments().orElseThrow());
        assertThat(arguments.contains("--add-modules=jdk.incubator.vector"))
                .as("Java %s with %s", version.group(1), arguments)
                .isEqualTo(Integer.parseInt(version.group(1)) >= 25);
    }

    @Test
    void collectorOfTheMachinesChoice_isNoConflict() throws Exception {
        try (Installation other = Installation.fresh("collector")) {
            other.with("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC").start();
            assertThat(other.exec("keys:status").status()).isZero();
        }
    }

    @Test
    void notRunning_isStatusFour() throws Exception {
        try (Installation other = Installation.fresh("idle")) {
            assertThat(other.passbridge("status").status()).isEqualTo(4);
            assertThat(other.exec("keys:status").status()).isEqualTo(4);
        }
    }
}
