/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that calls a connector. It is made when it is first needed, ends when it has been
 * idle, and belongs to one session: thread locals that a plug-in leaves behind go with it.
 */
final class CallThread {
    private static final int QUEUE_LIMIT = 64;
    private static final long IDLE_SECONDS = 60;

    private final String name;
    private final PluginGuard guard;
    private final ThreadPoolExecutor executor;
    private final List<PendingCall<?>> live = new ArrayList<>();
    private String closedBecause;
    private volatile boolean stuck;

    CallThread(String name, PluginGuard guard) {
        this.name = name;
        this.guard = guard;
        executor =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(QUEUE_LIMIT),
                        task -> thread(task, name, CallThread.class.getClassLoader()));
        executor.allowCoreThreadTimeOut(true);
    }

    static Thread thread(Runnable task, String name, ClassLoader contextLoader) {
        Thread thread = new Thread(null, task, "passbridge-" + name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(contextLoader);
        return thread;
    }

    /**
     * Runs a call and waits for it.
     *
     * @param limit the longest it may run, not counting the wait for its turn
     */
    <R> R run(String what, Duration limit, Duration grace, PluginGuard.PluginCall<R> call)
            throws ConnectorException, InterruptedException {
        PendingCall<R> task = new PendingCall<>(guard, what, call);
        enter(task);
        try {
            task.awaitStart();
            if (!task.awaitEnd(limit)) {
                String reason = "it ran longer than " + limit.toSeconds() + " s";
                stuck |= !task.breakOff(reason, grace);
            }
        } catch (InterruptedException e) {
            task.cancel(refused("the caller was interrupted"));
            stuck |= !breakOffCalmly(task, "the caller was interrupted", grace);
            task.discard();
            throw e;
        } finally {
            leave(task);
        }
        return task.outcome();
    }

    private synchronized void enter(PendingCall<?> task) throws ConnectorException {
        if (closedBecause != null) {
            throw refused(closedBecause);
        }
        if (stuck) {
            throw refused("an earlier call does not end");
        }
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            throw refused(QUEUE_LIMIT + " calls are waiting already");
        }
        live.add(task);
    }

    private synchronized void leave(PendingCall<?> task) {
        live.remove(task);
    }

    private ConnectorException refused(String reason) {
        return new ConnectorException(
                Kind.UNREACHABLE, "connector " + name + " was not called: " + reason);
    }

    private static boolean breakOffCalmly(PendingCall<?> task, String reason, Duration grace) {
        try {
            return task.breakOff(reason, grace);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether a call did not end although it was interrupted: the call thread is lost. */
    boolean stuck() {
        return stuck;
    }

    /**
     * Takes no further call, waits for the running one up to a limit and then breaks it off.
     *
     * @return whether the thread is free
     */
    boolean drain(String reason, Duration limit, Duration grace) {
        List<PendingCall<?>> waiting;
        synchronized (this) {
            closedBecause = reason;
            waiting = List.copyOf(live);
        }
        executor.getQueue().clear();
        waiting.forEach(task -> task.cancel(refused(reason)));
        boolean free = !stuck;
        for (PendingCall<?> task : waiting) {
            free &= drain(task, reason, limit, grace);
        }
        executor.shutdownNow();
        return free;
    }

    private static boolean drain(
            PendingCall<?> task, String reason, Duration limit, Duration grace) {
        try {
            if (task.awaitEnd(limit)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return breakOffCalmly(task, reason, grace);
    }
}
