/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.demo;

import io.passbridge.launcher.client.ExecClient;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the platform as a script does: by the JSON output of its commands. */
record Probe(Home home) {
    private static final Pattern TIMES =
            Pattern.compile("\"startedAt\":\"([^\"]+)\",\"endedAt\":\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    /** Output of a command with {@code --json}; empty if the command failed. */
    String output(String command) throws IOException, LaunchException {
        return new ExecClient(home).output(command + " --json").orElse("");
    }

    /** Waits until the output of a command is as expected. */
    void await(String command, Predicate<String> expected) throws IOException, LaunchException {
        long began = System.nanoTime();
        String last = output(command);
        while (!expected.test(last)) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw LaunchException.failed(
                        "waited "
                                + PATIENCE.toSeconds()
                                + " s in vain; "
                                + command
                                + " says: "
                                + last);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            last = output(command);
        }
    }

    /**
     * A cycle as the history tells it.
     *
     * @param written people that were written to the target
     * @param took how long it took
     */
    record Cycle(long written, Duration took) {
        String inWords() {
            double seconds = took.toMillis() / 1000.0;
            return String.format(
                    Locale.ROOT,
                    "%,d people are at the target after %.1f s, %,.0f a second",
                    written,
                    seconds,
                    written / Math.max(seconds, 0.001));
        }
    }

    /** The first cycle that the history knows. */
    static Cycle firstCycle(String history) {
        String line = history.lines().filter(l -> l.contains("\"id\":1,")).findFirst().orElse("");
        Matcher times = TIMES.matcher(line);
        Duration took =
                times.find()
                        ? Duration.between(
                                Instant.parse(times.group(1)), Instant.parse(times.group(2)))
                        : Duration.ZERO;
        return new Cycle(newest("applied", line), took);
    }

    /** The largest number that a field has in some JSON; -1 if it has none. */
    static long largest(String field, String json) {
        return numbers(field, json)
                .results()
                .mapToLong(r -> Long.parseLong(r.group(1)))
                .max()
                .orElse(-1);
    }

    /** The first number that a field has in some JSON; -1 if it has none. */
    static long newest(String field, String json) {
        Matcher matcher = numbers(field, json);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static Matcher numbers(String field, String json) {
        return Pattern.compile("\"" + field + "\":([0-9]+)").matcher(json);
    }
}
