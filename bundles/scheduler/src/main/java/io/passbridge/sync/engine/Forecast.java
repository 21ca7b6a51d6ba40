/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.RunHistory.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long it takes to bring passwords to a target.
 *
 * @param likely the most likely time
 * @param least it will hardly be done sooner
 * @param most it will hardly take longer
 */
record Forecast(Duration likely, Duration least, Duration most) {
    /** What the load of a machine makes of the same work. */
    private static final double SCATTER = 1.5;

    /** A scheme judges itself in a moment, which may be a busy one, such as the start. */
    private static final double UNDERRATED = 12;

    /** Fewer people say nothing about many. */
    private static final long TELLING = 100;

    /**
     * From the last full run that says something, else from what the scheme says of itself.
     *
     * @param passwords how many are to be sent
     * @param history of the route, newest first
     * @param digestsPerSecond of this machine, as far as the scheme knows; 0 if it is away
     */
    static Optional<Forecast> of(double passwords, List<Run> history, double digestsPerSecond) {
        Optional<Double> measured =
                history.stream()
                        .filter(run -> run.full() && run.applied() >= TELLING)
                        .filter(run -> run.endedAt().isPresent() && run.reason().isEmpty())
                        .findFirst()
                        .map(Forecast::rate);
        if (measured.isPresent()) {
            return Optional.of(around(passwords / measured.get(), SCATTER));
        }
        return digestsPerSecond <= 0
                ? Optional.empty()
                : Optional.of(around(passwords / digestsPerSecond, UNDERRATED));
    }

    private static double rate(Run run) {
        Duration took = Duration.between(run.startedAt(), run.endedAt().orElseThrow());
        return run.applied() * 1000.0 / Math.max(1, took.toMillis());
    }

    private static Forecast around(double seconds, double below) {
        return new Forecast(of(seconds), of(seconds / below), of(seconds * SCATTER));
    }

    private static Duration of(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
