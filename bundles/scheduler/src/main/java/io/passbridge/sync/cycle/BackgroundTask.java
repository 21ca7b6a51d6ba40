/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Something that runs on a thread of the engine's. Unlike a future, it ends when its thread is done
 * with it, even if it was interrupted before. Safe for use by several threads.
 */
public final class BackgroundTask {
    private final FutureTask<Void> task;
    private final CountDownLatch ended = new CountDownLatch(1);

    private BackgroundTask(Callable<Void> work) {
        task = new FutureTask<>(work);
    }

    /** Begins the work on one of the threads. */
    public static BackgroundTask start(Executor threads, Callable<Void> work) {
        BackgroundTask begun = new BackgroundTask(work);
        threads.execute(
                () -> {
                    try {
                        begun.task.run();
                    } finally {
                        begun.ended.countDown();
                    }
                });
        return begun;
    }

    /** Interrupts the work. */
    public void interrupt() {
        task.cancel(true);
    }

    /** Waits for the result of work that nobody interrupted. */
    void result() throws ExecutionException, InterruptedException {
        task.get();
    }

    /** Waits until no thread is at it any more. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Waits until no thread is at it any more.
     *
     * @return whether that came within the time
     */
    public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }
}
