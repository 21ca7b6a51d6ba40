/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.RunHistory;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history of a route's runs. Runs without any change share one record, whose end moves
 * on. A history that cannot be written does not stop a run.
 */
final class RunRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecorder.class);
    private static final Duration RATE = Duration.ofSeconds(5);

    private final String route;
    private final RunHistory history;
    private final Clock clock;
    private Run idle;
    private Run current;
    private Instant stored = Instant.EPOCH;

    RunRecorder(String route, RunHistory history, Clock clock) {
        this.route = route;
        this.history = history;
        this.clock = clock;
    }

    /** Closes the record of a run in which the platform was killed. */
    void recover() {
        try {
            for (Run run : history.list(route, 20)) {
                if (run.endedAt().isEmpty()) {
                    history.put(
                            with(
                                    run,
                                    Optional.of(clock.instant()),
                                    "failed",
                                    "the platform was stopped in the run"));
                }
            }
        } catch (StoreException e) {
            LOG.warn("route {}: the history cannot be read: {}", route, e.getMessage());
        }
    }

    synchronized void begin(boolean full) {
        if (current == null) {
            current =
                    new Run(
                            -1,
                            route,
                            full,
                            clock.instant(),
                            Optional.empty(),
                            "running",
                            0,
                            0,
                            0,
                            0,
                            0,
                            "");
        } else {
            current =
                    new Run(
                            current.id(),
                            route,
                            full,
                            current.startedAt(),
                            Optional.empty(),
                            "running",
                            0,
                            0,
                            0,
                            0,
                            0,
                            "");
        }
        stored = Instant.EPOCH;
    }

    /** Stores a running run's numbers now and then. */
    synchronized void progress(PageResult sum) {
        Instant now = clock.instant();
        if (current == null || sum.read() == 0 || now.isBefore(stored.plus(RATE))) {
            return;
        }
        stored = now;
        current = store(numbers(current, sum, Optional.empty(), "running", ""));
    }

    synchronized Run end(PageResult sum, String failure) {
        if (current == null) {
            begin(false);
        }
        String result =
                !failure.isEmpty()
                        ? "failed"
                        : sum.failed() + sum.retried() > 0 ? "partly" : "success";
        Run run = numbers(current, sum, Optional.of(clock.instant()), result, failure);
        current = null;
        boolean nothing =
                failure.isEmpty() && sum.read() == 0 && !sum.somethingHappened() && !run.full();
        if (nothing && idle != null) {
            run =
                    new Run(
                            idle.id(),
                            route,
                            false,
                            idle.startedAt(),
                            run.endedAt(),
                            result,
                            0,
                            0,
                            0,
                            0,
                            0,
                            "");
        }
        Run kept = store(run);
        idle = nothing ? kept : null;
        return kept;
    }

    private Run store(Run run) {
        try {
            Run numbered = run.id() >= 0 ? run : withId(run, history.nextId());
            history.put(numbered);
            return numbered;
        } catch (StoreException e) {
            LOG.warn("route {}: a run could not be recorded: {}", route, e.getMessage());
            return run;
        }
    }

    private static Run numbers(
            Run run, PageResult sum, Optional<Instant> end, String result, String reason) {
        return new Run(
                run.id(),
                run.route(),
                run.full(),
                run.startedAt(),
                end,
                result,
                sum.read(),
                sum.applied(),
                sum.unchanged(),
                sum.failed(),
                sum.retried(),
                reason);
    }

    private static Run with(Run run, Optional<Instant> end, String result, String reason) {
        return new Run(
                run.id(),
                run.route(),
                run.full(),
                run.startedAt(),
                end,
                result,
                run.read(),
                run.applied(),
                run.unchanged(),
                run.failed(),
                run.retried(),
                reason);
    }

    private static Run withId(Run run, long id) {
        return new Run(
                id,
                run.route(),
                run.full(),
                run.startedAt(),
                run.endedAt(),
                run.result(),
                run.read(),
                run.applied(),
                run.unchanged(),
                run.failed(),
                run.retried(),
                run.reason());
    }
}
