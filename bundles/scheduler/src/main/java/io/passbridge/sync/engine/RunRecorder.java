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
 * Keeps the history of a route's runs. Runs that found nothing to do, or could not begin for one
 * and the same reason, share one record, whose end moves on. A history that cannot be written does
 * not stop a run.
 */
final class RunRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecorder.class);
    private static final Duration RATE = Duration.ofSeconds(1);
    private static final PageResult NOTHING = new PageResult(0, 0, 0, 0, 0, 0);
    private static final int LOOK_BACK = 20;

    private final String route;
    private final RunHistory history;
    private final Clock clock;
    private Run quiet;
    private Run current;

    /** A run's end that the store was not there for. */
    private Run owed;

    private Instant stored = Instant.EPOCH;

    RunRecorder(String route, RunHistory history, Clock clock) {
        this.route = route;
        this.history = history;
        this.clock = clock;
    }

    /** Closes the record of a run in which the platform was killed. */
    void recover() {
        try {
            for (Run run : history.list(route, LOOK_BACK)) {
                if (run.endedAt().isEmpty()) {
                    history.put(
                            new Run(
                                    run.id(),
                                    route,
                                    run.full(),
                                    run.startedAt(),
                                    Optional.of(clock.instant()),
                                    "failed",
                                    run.read(),
                                    run.applied(),
                                    run.unchanged(),
                                    run.failed(),
                                    run.retried(),
                                    "the platform was stopped in the run"));
                }
            }
        } catch (StoreException e) {
            LOG.warn("route {}: the history cannot be read: {}", route, e.getMessage());
        }
    }

    /** Begins a run, or says more about the one that has begun. */
    synchronized void begin(boolean full) {
        long id = current == null ? -1 : current.id();
        Instant start = current == null ? clock.instant() : current.startedAt();
        current = run(id, full, start, Optional.empty(), "running", NOTHING, "");
    }

    /** Stores a running run's numbers now and then. */
    synchronized void progress(PageResult sum) {
        Instant now = clock.instant();
        if (current == null || sum.read() == 0 || now.isBefore(stored.plus(RATE))) {
            return;
        }
        stored = now;
        current =
                store(
                        run(
                                id(current.id()),
                                current.full(),
                                current.startedAt(),
                                Optional.empty(),
                                "running",
                                sum,
                                ""));
    }

    /**
     * @param leftOut people of the route who are not in step, whoever read them; a run is no
     *     success while there are any
     * @return the run itself, even where its record is shared with earlier ones
     */
    synchronized Run end(PageResult sum, String failure, long leftOut) {
        if (current == null) {
            begin(false);
        }
        boolean owing = sum.failed() + sum.retried() + leftOut > 0;
        String result = failure.isEmpty() ? owing ? "partly" : "success" : "failed";
        boolean nothing = sum.read() == 0 && !sum.somethingHappened();
        boolean again =
                nothing
                        && quiet != null
                        && quiet.full() == current.full()
                        && quiet.result().equals(result)
                        && quiet.reason().equals(failure);
        Run run =
                run(
                        again ? quiet.id() : id(current.id()),
                        current.full(),
                        current.startedAt(),
                        Optional.of(clock.instant()),
                        result,
                        sum,
                        failure);
        Run kept = again ? since(quiet.startedAt(), run) : run;
        store(kept);
        quiet = nothing && kept.id() >= 0 ? kept : null;
        current = null;
        return run;
    }

    private Run since(Instant start, Run run) {
        return run(run.id(), run.full(), start, run.endedAt(), run.result(), NOTHING, run.reason());
    }

    private Run store(Run run) {
        try {
            if (owed != null) {
                history.put(owed);
                owed = null;
            }
            history.put(run);
        } catch (StoreException e) {
            if (owed == null && run.endedAt().isPresent() && run.id() >= 0) {
                owed = run;
            }
            LOG.warn("route {}: a run could not be recorded: {}", route, e.getMessage());
        }
        return run;
    }

    /** An id is taken only for a run that is going to be stored. */
    private long id(long id) {
        try {
            return id >= 0 ? id : history.nextId();
        } catch (StoreException e) {
            LOG.warn("route {}: a run could not be numbered: {}", route, e.getMessage());
            return id;
        }
    }

    private Run run(
            long id,
            boolean full,
            Instant start,
            Optional<Instant> end,
            String result,
            PageResult sum,
            String reason) {
        return new Run(
                id,
                route,
                full,
                start,
                end,
                result,
                sum.read(),
                sum.applied(),
                sum.unchanged(),
                sum.failed(),
                sum.retried(),
                reason);
    }
}
