/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.sync.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a run has done so far. Written by the cycle, read by anybody. */
final class RunTally {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(5);

    private long read;
    private long applied;
    private long unchanged;
    private long failed;
    private long retried;
    private long stateOnly;
    private long settled;
    private long expected = -1;
    private final Deque<long[]> samples = new ArrayDeque<>();
    private final Consumer<PageResult> listener;

    /**
     * @param listener told the sum after each page
     */
    RunTally(Consumer<PageResult> listener) {
        this.listener = listener;
    }

    synchronized void expect(long users) {
        expected = users;
    }

    void add(PageResult page) {
        count(page);
        listener.accept(sum());
    }

    private synchronized void count(PageResult page) {
        read += page.read();
        applied += page.applied();
        unchanged += page.unchanged();
        failed += page.failed();
        retried += page.retried();
        stateOnly += page.stateOnly();
        settled += page.read();
        long now = System.nanoTime();
        samples.addLast(new long[] {now, settled});
        while (samples.size() > 2 && now - samples.peekFirst()[0] > WINDOW) {
            samples.removeFirst();
        }
    }

    synchronized PageResult sum() {
        return new PageResult(
                (int) read,
                (int) applied,
                (int) unchanged,
                (int) failed,
                (int) retried,
                (int) stateOnly);
    }

    synchronized Progress progress() {
        double rate = 0;
        if (samples.size() > 1) {
            long[] first = samples.peekFirst();
            long[] last = samples.peekLast();
            rate = (last[1] - first[1]) * 1e9 / Math.max(1, last[0] - first[0]);
        }
        return new Progress(settled, expected, rate);
    }
}
