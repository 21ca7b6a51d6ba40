/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Writes one page at a time beside the cycle's own thread, and never leaves a write running. */
final class WriteBehind implements AutoCloseable {
    private final Executor threads;
    private FutureTask<Void> task;
    private CountDownLatch ended;

    WriteBehind(Executor threads) {
        this.threads = threads;
    }

    void start(Write write) {
        CountDownLatch latch = new CountDownLatch(1);
        FutureTask<Void> started =
                new FutureTask<>(
                        () -> {
                            write.run();
                            return null;
                        });
        threads.execute(
                () -> {
                    try {
                        started.run();
                    } finally {
                        latch.countDown();
                    }
                });
        task = started;
        ended = latch;
    }

    /** Waits for the write that runs, if one does, and throws what it threw. */
    void await() throws CycleFailure, InterruptedException {
        if (task == null) {
            return;
        }
        try {
            task.get();
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

    /**
     * Lets a write that still runs come to its end, so that what it did is recorded; an interrupted
     * cycle cuts it short.
     */
    @Override
    public void close() {
        if (task == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        if (interrupted) {
            task.cancel(true);
        }
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                task.cancel(true);
            }
        }
        task = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    interface Write {
        void run() throws CycleFailure, InterruptedException;
    }
}
