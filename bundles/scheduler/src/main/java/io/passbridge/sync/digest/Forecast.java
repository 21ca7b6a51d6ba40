/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.digest;

import io.passbridge.store.RunHistory.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long it takes to bring passwords to a target.
 *
 * @param likely the most likely time
 * @param least it will hardly be done sooner
 * @param most it will hardly take longer
 */
public record Forecast(Duration likely, Duration least, Duration most) {
    /** What the load of a machine makes of the same work. */
    private static final double SCATTER = 1.5;

    /** A scheme judges itself in a moment, which may be a busy one, such as the start. */
    private static final double UNDERRATED = 12;

    /** A run that is so much faster than one that wrote has read everybody and sent nobody. */
    private static final double REVIEWED = 4;

    /**
     * A first run makes users and warms the machine up; the next one was 1.31 times as fast with
     * 100,000 users, 1.8, 2.5 and 2.9 times with 10,000.
     */
    private static final double AFTER_THE_FIRST = 1.95;

    /** Fewer people say nothing about many. */
    private static final long TELLING = 100;

    /**
     * From the last full run that says something, else from what the scheme says of itself; nothing
     * where nobody is to be sent, since what is measured is sending.
     *
     * @param passwords how many are to be sent
     * @param history of the route, newest first
     * @param digestsPerSecond of this machine, as far as the scheme knows; 0 if it is away
     */
    public static Optional<Forecast> of(
            double passwords, List<Run> history, double digestsPerSecond) {
        if (passwords <= 0) {
            return Optional.empty();
        }
        List<Run> telling = history.stream().filter(Forecast::tells).toList();
        Optional<Double> written = newest(telling.stream().filter(Forecast::wrote));
        Optional<Double> measured =
                newest(telling.stream())
                        .map(rate -> onlyWrote(telling) ? rate * AFTER_THE_FIRST : rate)
                        .filter(rate -> written.isEmpty() || rate < written.get() * REVIEWED)
                        .or(() -> written);
        if (measured.isPresent()) {
            return Optional.of(around(passwords / measured.get(), SCATTER));
        }
        return digestsPerSecond <= 0
                ? Optional.empty()
                : Optional.of(around(passwords / digestsPerSecond, UNDERRATED));
    }

    private static Optional<Double> newest(Stream<Run> runs) {
        return runs.findFirst().map(Forecast::rate);
    }

    private static boolean tells(Run run) {
        return run.full()
                && dealtWith(run) >= TELLING
                && run.endedAt().isPresent()
                && run.reason().isEmpty();
    }

    private static boolean onlyWrote(List<Run> telling) {
        return telling.size() == 1 && telling.get(0).applied() > telling.get(0).unchanged();
    }

    private static boolean wrote(Run run) {
        return run.applied() >= TELLING;
    }

    /** Whom the target has already is digested and sent in a full run, too. */
    private static long dealtWith(Run run) {
        return run.applied() + run.unchanged();
    }

    private static double rate(Run run) {
        Duration took = Duration.between(run.startedAt(), run.endedAt().orElseThrow());
        return dealtWith(run) * 1000.0 / Math.max(1, took.toMillis());
    }

    private static Forecast around(double seconds, double below) {
        return new Forecast(of(seconds), of(seconds / below), of(seconds * SCATTER));
    }

    private static Duration of(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
