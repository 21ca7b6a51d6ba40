/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Repeats a step in a thread of its own until there is nothing more to do, whatever connectors do.
 */
abstract class Worker implements AutoCloseable {
    private static final Set<Kind> EXPECTED = Set.of(Kind.UNREACHABLE, Kind.OUTCOME_UNKNOWN);

    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::work, getClass().getSimpleName());
    private volatile boolean stopped;

    /** Does one step; says whether there are more. */
    abstract boolean step() throws ConnectorException, InterruptedException;

    void start() {
        thread.start();
    }

    private void work() {
        boolean more = true;
        while (more && !stopped) {
            try {
                calls.incrementAndGet();
                more = step();
                steps.incrementAndGet();
            } catch (ConnectorException e) {
                if (!EXPECTED.contains(e.kind())) {
                    failure.set(e);
                    return;
                }
                unknown.addAndGet(e.kind() == Kind.OUTCOME_UNKNOWN ? 1 : 0);
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            } catch (InterruptedException | RuntimeException e) {
                failure.set(e);
                return;
            }
        }
    }

    /** Waits until two more steps are done, so that a call is under way when this returns. */
    void awaitProgress() throws Exception {
        int before = steps.get();
        Deployment.await("progress", () -> steps.get() >= before + 2 || !thread.isAlive());
        check();
    }

    /** Waits until a call is under way. */
    void awaitCall() throws Exception {
        Deployment.await("a call", () -> calls.get() > 0);
    }

    int unknownOutcomes() {
        return unknown.get();
    }

    void awaitEnd() throws Exception {
        Deployment.await("the end", () -> !thread.isAlive());
        check();
    }

    private void check() {
        if (failure.get() != null) {
            throw new AssertionError("the worker failed", failure.get());
        }
    }

    @Override
    public void close() throws Exception {
        stopped = true;
        thread.join();
        check();
    }
}
