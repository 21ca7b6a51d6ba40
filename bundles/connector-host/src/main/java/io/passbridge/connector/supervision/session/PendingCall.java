/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One call on its way through a callThread. */
final class PendingCall<R> implements Runnable {
    private enum State {
        QUEUED,
        RUNNING,
        ENDED
    }

    private final PluginGuard guard;
    private final String what;
    private final PluginGuard.PluginCall<R> call;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private State state = State.QUEUED;
    private Thread runner;
    private String brokenOff;
    private boolean abandoned;
    private R result;
    private ConnectorException failure;

    PendingCall(PluginGuard guard, String what, PluginGuard.PluginCall<R> call) {
        this.guard = guard;
        this.what = what;
        this.call = call;
    }

    @Override
    public void run() {
        synchronized (this) {
            if (state != State.QUEUED) {
                return;
            }
            state = State.RUNNING;
            runner = Thread.currentThread();
        }
        started.countDown();
        R given = null;
        ConnectorException thrown = null;
        try {
            given = guard.call(call);
        } catch (ConnectorException e) {
            thrown = e;
        }
        end(given, thrown);
    }

    private synchronized void end(R given, ConnectorException thrown) {
        // an interrupt that came too late must not hit the call thread's next call
        Thread.interrupted();
        runner = null;
        if (abandoned) {
            discard(given);
            return;
        }
        state = State.ENDED;
        result = given;
        failure = thrown != null && brokenOff != null ? unknown(thrown.getMessage()) : thrown;
        ended.countDown();
    }

    /** Ends a task that has not begun. */
    synchronized void cancel(ConnectorException reason) {
        if (state == State.QUEUED) {
            state = State.ENDED;
            failure = reason;
            started.countDown();
            ended.countDown();
        }
    }

    /** Waits until a call thread took the task up. */
    void awaitStart() throws InterruptedException {
        started.await();
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Interrupts the task if it runs, and lets it go if it does not end in time.
     *
     * @return whether its thread is free again
     */
    boolean breakOff(String reason, Duration grace) throws InterruptedException {
        synchronized (this) {
            if (state == State.RUNNING && brokenOff == null) {
                brokenOff = reason;
                runner.interrupt();
            }
        }
        try {
            if (awaitEnd(grace)) {
                return !isAbandoned();
            }
        } finally {
            abandon();
        }
        return !isAbandoned();
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    private synchronized void abandon() {
        if (state == State.RUNNING) {
            state = State.ENDED;
            abandoned = true;
            failure = unknown("it did not react to an interrupt");
            ended.countDown();
        }
    }

    private ConnectorException unknown(String more) {
        return new ConnectorException(
                Kind.OUTCOME_UNKNOWN, what + " was broken off: " + brokenOff + "; " + more);
    }

    /** The result of a task that ended. */
    synchronized R outcome() throws ConnectorException {
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    /** Wipes a result that nobody waits for any more. */
    synchronized void discard() {
        discard(result);
        result = null;
    }

    private static void discard(Object given) {
        if (given instanceof Collection<?> items) {
            items.forEach(PendingCall::discard);
        } else if (given instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                // nobody is left to tell, and the value is out of reach either way
                Thread.interrupted();
            }
        }
    }
}
