/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What a run has done so far. Written by the cycle, read by anybody. */
public final class RunTally {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(5);

    private PageResult sum = PageResult.NONE;
    private long settled;
    private long expected = -1;
    private final Deque<long[]> samples = new ArrayDeque<>();
    private final Function<PageResult, Optional<Run>> record;

    /**
     * @param record the record of the run for what it has done; empty if there is none to keep
     */
    public RunTally(Function<PageResult, Optional<Run>> record) {
        this.record = record;
    }

    public synchronized void expect(long users) {
        expected = users;
    }

    /** The record of the run as it will be when this page has been committed. */
    Optional<Run> recordWith(PageResult page) {
        return record.apply(sum().plus(page));
    }

    /** Counts a page that was written. */
    public synchronized void add(PageResult page) {
        sum = sum.plus(page);
        settled += page.read();
        long now = System.nanoTime();
        samples.addLast(new long[] {now, settled});
        while (samples.size() > 2 && now - samples.peekFirst()[0] > WINDOW) {
            samples.removeFirst();
        }
    }

    public synchronized PageResult sum() {
        return sum;
    }

    public synchronized Progress progress() {
        double rate = 0;
        if (samples.size() > 1) {
            long[] first = samples.peekFirst();
            long[] last = samples.peekLast();
            rate = (last[1] - first[1]) * 1e9 / Math.max(1, last[0] - first[0]);
        }
        return new Progress(settled, expected, rate);
    }
}
