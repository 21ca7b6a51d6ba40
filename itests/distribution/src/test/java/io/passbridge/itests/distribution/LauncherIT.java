/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
        assertThat(installation.passbridge("sync").err()).contains("sync --help");
        assertThat(installation.passbridge("sync", "--help").out())
                .contains("sync:explain")
                .doesNotContain("keys:list");
        assertThat(installation.passbridge("stop", "--help").out())
                .contains("usage:")
                .matches(text -> text.lines().allMatch(line -> line.length() <= 80));
        assertThat(installation.passbridge("status").status()).isZero();
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

    /** Every command that README and docs name is there, with the options that they give it. */
    @Test
    void commandsOfTheDocs_areThereWithTheirOptions() throws Exception {
        Pattern command =
                Pattern.compile(
                        "\\b(?:bin/passbridge )?(account|config|connector|events|fips|keys|sync)"
                                + "(?::|(?<=bin/passbridge [a-z]{1,9}) )([a-z]+)([^`\\n|]*)");
        Map<String, Set<String>> named = new TreeMap<>();
        Path root = Path.of("../..").toAbsolutePath().normalize();
        List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher code =
                    Pattern.compile("`([^`\n]+)`|(?m)^(\\$ .*)$").matcher(Files.readString(page));
            while (code.find()) {
                Matcher found = command.matcher(code.group());
                while (found.find()) {
                    Set<String> options =
                            named.computeIfAbsent(
                                    found.group(1) + ":" + found.group(2), k -> new TreeSet<>());
                    Pattern.compile("--[a-z-]+")
                            .matcher(found.group(3))
                            .results()
                            .forEach(option -> options.add(option.group()));
                }
            }
        }
        assertThat(named).containsKeys("keys:export", "sync:status", "connector:test");
        assertThat(installation.done("help")).contains(named.keySet());
        assertThat(installation.done("complete -- he")).contains("help\t");
        assertThat(installation.log()).doesNotContain(" ERROR ", "cycle");
        for (Map.Entry<String, Set<String>> entry : named.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                assertThat(installation.done("help " + entry.getKey())).contains(entry.getValue());
            }
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
