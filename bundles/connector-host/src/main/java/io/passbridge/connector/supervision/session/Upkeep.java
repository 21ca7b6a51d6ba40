/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's own thread for what need not be done at once: telling listeners, subscribing, opening
 * again. Started before any plug-in is called: a thread keeps the protection domains, and so the
 * class loaders, of the stack it was made on.
 */
public final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final ScheduledThreadPoolExecutor executor;
    private final Duration delay;
    private final Duration look;

    /**
     * @param delay before something that failed is tried again
     */
    public Upkeep(Duration delay) {
        this(delay, Duration.ofDays(1));
    }

    /**
     * @param delay before something that failed is tried again
     * @param look after which an instance that nobody calls is looked at
     */
    public Upkeep(Duration delay, Duration look) {
        this.delay = delay;
        this.look = look;
        executor =
                new ScheduledThreadPoolExecutor(
                        2,
                        task ->
                                CallThread.thread(
                                        task, "connector-host", Upkeep.class.getClassLoader()));
        executor.prestartAllCoreThreads();
        executor.setRemoveOnCancelPolicy(true);
    }

    public void soon(Runnable work) {
        schedule(work, Duration.ZERO);
    }

    public void later(Runnable work) {
        schedule(work, delay);
    }

    /** After the time in which somebody who uses an instance would have called it. */
    public void whenIdle(Runnable work) {
        schedule(work, look);
    }

    private void schedule(Runnable work, Duration after) {
        try {
            executor.schedule(() -> guarded(work), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the host is going down; work was dropped");
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("upkeep of connectors failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
