/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.act;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Waits a while for something that comes with the start of the platform: the store opens its
 * database in the background, and a command may be there first.
 */
public final class Patience {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Duration limit;

    public Patience(Duration limit) {
        this.limit = limit;
    }

    /** Returns when the condition holds, the limit is reached, or the thread is interrupted. */
    public void await(BooleanSupplier condition) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = came.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Something came. */
    public void signal() {
        lock.lock();
        try {
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
