/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.RunHistory;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.sync.page.PageResult;
import io.passbridge.sync.route.CycleFailure;
import java.time.Clock;
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
    private static final int LOOK_BACK = 20;

    private final String route;
    private final RunHistory history;
    private final Clock clock;
    private Run quiet;
    private Run current;
    private long token;

    /** A run's end that the store was not there for. */
    private Run owed;

    /** Why the quiet run failed, whatever words it had for it. */
    private Optional<CycleFailure.Cause> quietCause = Optional.empty();

    RunRecorder(String route, RunHistory history, Clock clock) {
        this.route = route;
        this.history = history;
        this.clock = clock;
    }

    /**
     * What follows is recorded under this fencing token. If it is another than before, another
     * server may have run the route since, and whatever runs of before are open are closed.
     */
    synchronized void under(long latest) {
        if (token != latest) {
            token = latest;
            quiet = null;
            owed = null;
            recover();
        }
    }

    /** Closes the record of a run in which the platform was killed. */
    private void recover() {
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
                                    Result.FAILED,
                                    run.read(),
                                    run.applied(),
                                    run.unchanged(),
                                    run.failed(),
                                    run.retried(),
                                    "the platform was stopped in the run"),
                            token);
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
        current = run(id, full, start, Optional.empty(), Result.RUNNING, PageResult.NONE, "");
    }

    /**
     * The record of the running run, to be stored with the page that brings it there; empty while
     * there is nothing to tell, or if the store gives no number.
     */
    synchronized Optional<Run> record(PageResult sum) {
        if (current == null || sum.read() == 0 && !sum.somethingHappened()) {
            return Optional.empty();
        }
        current =
                run(
                        id(current.id()),
                        current.full(),
                        current.startedAt(),
                        Optional.empty(),
                        Result.RUNNING,
                        sum,
                        "");
        return Optional.of(current).filter(run -> run.id() >= 0);
    }

    /**
     * Ends the run.
     *
     * @param failure why it failed, if it did
     * @param leftOut people of the route who are not in step, whoever read them; a run is no
     *     success while there are any
     * @return the run itself, even where its record is shared with earlier ones
     */
    synchronized Run end(PageResult sum, Optional<CycleFailure> failure, long leftOut) {
        if (current == null) {
            begin(false);
        }
        Optional<CycleFailure.Cause> cause = failure.map(CycleFailure::origin);
        Result result = result(cause, sum.failed() + sum.retried() + leftOut > 0);
        boolean nothing = sum.read() == 0 && !sum.somethingHappened();
        boolean again =
                nothing
                        && quiet != null
                        && quiet.full() == current.full()
                        && quiet.result() == result
                        && quietCause.equals(cause);
        Run run =
                run(
                        again ? quiet.id() : id(current.id()),
                        current.full(),
                        current.startedAt(),
                        Optional.of(clock.instant()),
                        result,
                        sum,
                        failure.map(CycleFailure::getMessage).orElse(""));
        Run kept = again ? since(quiet.startedAt(), run) : run;
        store(kept);
        quiet = nothing && kept.id() >= 0 ? kept : null;
        quietCause = cause;
        current = null;
        return run;
    }

    private static Result result(Optional<CycleFailure.Cause> cause, boolean owing) {
        if (cause.isPresent()) {
            return Result.FAILED;
        }
        return owing ? Result.PARTLY : Result.SUCCESS;
    }

    private Run since(Instant start, Run run) {
        return run(
                run.id(),
                run.full(),
                start,
                run.endedAt(),
                run.result(),
                PageResult.NONE,
                run.reason());
    }

    private Run store(Run run) {
        try {
            if (owed != null) {
                history.put(owed, token);
                owed = null;
            }
            history.put(run, token);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.FENCED
                    && owed == null
                    && run.endedAt().isPresent()
                    && run.id() >= 0) {
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
            Result result,
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
