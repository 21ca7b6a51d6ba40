/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The platform is killed at random instants of full runs while passwords change; every user ends
 * with the newest one. {@code itests/kill.sh} runs the long form.
 */
@Tag("kill")
class KillIT {
    private static final int USERS = Integer.getInteger("kill.users", 1_500);
    private static final int KILLS = Integer.getInteger("kill.kills", 4);
    private static final int LONGEST_LIFE_MILLIS = Integer.getInteger("kill.life", 1_500);
    private static final int CHANGES = 3;
    private static final Duration SETTLED = Duration.ofMinutes(10);

    @TempDir private Path folder;

    @Test
    void killedAtRandomInstants_noChangeIsLost() throws Exception {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.printf("%d users, %d kills, seed %d%n", USERS, KILLS, seed);
        Random random = new Random(seed);
        People people = new People(folder.resolve("people.ldif"), USERS);
        List<String> names = new ArrayList<>(people.passwords().keySet());
        try (Installation installation = install()) {
            historyOfAKilledRunIsExact(installation);
            for (int kill = 1; kill <= KILLS; kill++) {
                change(people, names, random);
                installation.start();
                awaitFullRun(installation);
                live(random.nextInt(LONGEST_LIFE_MILLIS));
                if (random.nextBoolean()) {
                    change(people, names, random);
                    live(random.nextInt(LONGEST_LIFE_MILLIS / 2));
                }
                String last = installation.exec("sync:status --json").out();
                live(random.nextInt(LONGEST_LIFE_MILLIS / 4));
                installation.kill();
                System.out.printf("kill %d after %s%n", kill, progress(last));
            }
            installation.start();
            awaitSettled(installation);
            everybodySignsIn(installation, people.passwords());
            installation.done("events:verify");
        }
    }

    /** Each page is counted once: by the run that committed it, be it killed afterwards. */
    private static void historyOfAKilledRunIsExact(Installation installation) throws Exception {
        installation.start();
        awaitFullRun(installation);
        installation.kill();
        installation.start();
        awaitSettled(installation);
        String history = installation.exec("sync:history --json").out();
        List<Long> read =
                Pattern.compile("\"full\":true,[^{}]*\"read\":(\\d+)")
                        .matcher(history)
                        .results()
                        .map(run -> Long.parseLong(run.group(1)))
                        .toList();
        installation.kill();
        assertThat(history).contains("the platform was stopped in the run");
        assertThat(read).as(history).hasSizeGreaterThan(1).doesNotContain(0L);
        assertThat(read.stream().mapToLong(Long::longValue).sum()).as(history).isEqualTo(USERS);
    }

    private Installation install() throws Exception {
        return Installation.fresh("kill")
                .peopleToCloud(folder.resolve("people.ldif"), "pageSize = 100");
    }

    private static void change(People people, List<String> names, Random random) throws Exception {
        for (int i = 0; i < CHANGES; i++) {
            people.change(names.get(random.nextInt(names.size())));
        }
    }

    /** Users are being written; a run that has come to its end is begun anew. */
    private static void awaitFullRun(Installation installation) {
        AtomicBoolean asked = new AtomicBoolean();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> {
                            String status = installation.exec("sync:status --json").out();
                            if (status.contains("\"fullRun\":false") && !asked.getAndSet(true)) {
                                installation.passbridgeInBackground("exec", "sync:run --full");
                            }
                            return status.contains("\"fullRun\":true")
                                    && status.contains("\"state\":\"running\"")
                                    && !status.contains("\"progress\":{\"done\":0,");
                        });
    }

    private static void live(int millis) {
        Awaitility.await()
                .pollDelay(Duration.ofMillis(millis + 1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> true);
    }

    private static String progress(String status) {
        Matcher progress = Pattern.compile("\"done\":(\\d+)").matcher(status);
        Matcher inStep = Pattern.compile("\"in-step\":(\\d+)").matcher(status);
        return "%s of this run, %s in all"
                .formatted(
                        progress.find() ? progress.group(1) : "all",
                        inStep.find() ? inStep.group(1) : "none");
    }

    private static void awaitSettled(Installation installation) {
        Awaitility.await()
                .atMost(SETTLED)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () ->
                                installation.exec("sync:run").status() == 0
                                        && installation
                                                .exec("sync:status --json")
                                                .out()
                                                .contains("\"waiting\":0,"));
    }

    private static void everybodySignsIn(Installation installation, Map<String, String> passwords)
            throws Exception {
        SignIn signIn = new SignIn(installation, "cloud");
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, String> person : passwords.entrySet()) {
            if (signIn.attempt(person.getKey(), person.getValue()) != 200) {
                refused.add(person.getKey());
            }
        }
        assertThat(refused).as("users whose newest password does not sign in").isEmpty();
    }
}
