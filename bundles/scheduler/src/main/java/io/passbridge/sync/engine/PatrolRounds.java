/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.sync.cycle.BackgroundTask;
import io.passbridge.sync.parity.Patrol;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a route's patrol out again and again while this server has the route. */
final class PatrolRounds {
    private static final Logger LOG = LoggerFactory.getLogger(PatrolRounds.class);

    private final Patrol patrol;
    private final Executor threads;
    private final BooleanSupplier mayGo;
    private final ScheduledFuture<?> rounds;
    private BackgroundTask running;
    private boolean stopped;

    /**
     * @param mayGo whether the route is this server's and not paused
     */
    PatrolRounds(
            Patrol patrol,
            ScheduledExecutorService timer,
            Executor threads,
            BooleanSupplier mayGo) {
        this.patrol = patrol;
        this.threads = threads;
        this.mayGo = mayGo;
        long pause = patrol.pause().toMillis();
        this.rounds =
                timer.scheduleWithFixedDelay(this::launch, pause, pause, TimeUnit.MILLISECONDS);
    }

    private synchronized void launch() {
        if (stopped || running != null || !mayGo.getAsBoolean()) {
            return;
        }
        running =
                BackgroundTask.start(
                        threads,
                        () -> {
                            step();
                            return null;
                        });
    }

    private void step() {
        try {
            patrol.step();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a comparison with a target failed in an unforeseen way", e);
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }

    /** Why it does not go on; empty if it does. */
    String hindrance() {
        return patrol.hindrance();
    }

    /** Ends for good. */
    void stop() {
        BackgroundTask last;
        synchronized (this) {
            stopped = true;
            last = running;
        }
        rounds.cancel(false);
        if (last != null) {
            last.interrupt();
        }
    }
}
