/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import io.passbridge.sync.route.CycleFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Writes one page at a time beside the cycle's own thread, and never leaves a write running. */
final class WriteBehind implements AutoCloseable {
    private final Executor threads;
    private BackgroundTask task;

    WriteBehind(Executor threads) {
        this.threads = threads;
    }

    void start(Write write) {
        task =
                BackgroundTask.start(
                        threads,
                        () -> {
                            write.run();
                            return null;
                        });
    }

    /** Waits for the write that runs, if one does, and throws what it threw. */
    void await() throws CycleFailure, InterruptedException {
        if (task == null) {
            return;
        }
        try {
            task.result();
            task = null;
        } catch (ExecutionException e) {
            task = null;
            if (e.getCause() instanceof CycleFailure failure) {
                throw failure;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new CycleFailure(CycleFailure.Kind.STOPPED, "stopped while writing");
            }
            throw new IllegalStateException("a page could not be written", e.getCause());
        }
    }

    /** Breaks a write that still runs off, since the cycle was. */
    void cut() {
        if (task != null) {
            task.interrupt();
        }
    }

    /** Lets a write that still runs come to its end, so that what it did is recorded. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (task != null) {
            try {
                task.awaitEnd();
                task = null;
            } catch (InterruptedException e) {
                interrupted = true;
                task.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    interface Write {
        void run() throws CycleFailure, InterruptedException;
    }
}
