/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes the parts of one batch over several connections: while the server works on one, the others
 * are on their way. After a failure no further part is begun, and nothing is under way any more
 * when it is told.
 *
 * @param <P> a part
 * @param <R> what comes of an item
 */
public final class SideBySide<P, R> {
    private final List<P> parts;
    private final Write<P, R> write;
    private final int lanes;
    private final List<List<R>> results;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<ConnectorException> failure = new AtomicReference<>();
    private final AtomicInteger done = new AtomicInteger();

    /** Writes one part. */
    @FunctionalInterface
    public interface Write<P, R> {
        List<R> of(P part) throws ConnectorException;
    }

    /**
     * @param connections the most parts that are under way at once
     */
    public SideBySide(List<P> parts, Write<P, R> write, int connections) {
        this.lanes = Math.min(parts.size(), connections);
        this.parts = parts;
        this.write = write;
        this.results = new ArrayList<>(Collections.nCopies(parts.size(), List.of()));
    }

    /**
     * All results, in the order of the parts.
     *
     * @throws ConnectorException of kind {@code OUTCOME_UNKNOWN} if a part was written before
     *     another could not be
     */
    public List<R> run() throws ConnectorException {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < lanes; i++) {
            Thread other = new Thread(this::lane, "keycloak-batch");
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        try {
            lane();
        } finally {
            others.forEach(SideBySide::awaitEnd);
        }
        ConnectorException failed = failure.get();
        if (failed != null) {
            throw done.get() == 0 || failed.kind() != Kind.UNREACHABLE
                    ? failed
                    : new ConnectorException(Kind.OUTCOME_UNKNOWN, failed.getMessage());
        }
        List<R> all = new ArrayList<>();
        results.forEach(all::addAll);
        return all;
    }

    private void lane() {
        for (int i = next.getAndIncrement();
                i < parts.size() && failure.get() == null;
                i = next.getAndIncrement()) {
            try {
                List<R> result = write.of(parts.get(i));
                synchronized (results) {
                    results.set(i, result);
                }
                done.incrementAndGet();
            } catch (ConnectorException e) {
                // what is not known outweighs what certainly did not happen
                failure.accumulateAndGet(
                        e,
                        (before, now) ->
                                before == null || now.kind() == Kind.OUTCOME_UNKNOWN
                                        ? now
                                        : before);
            } catch (RuntimeException e) {
                failure.compareAndSet(
                        null, new ConnectorException(Kind.OUTCOME_UNKNOWN, e.toString(), e));
            }
        }
    }

    /** The other's request ends by its own time limit, or at once if this thread is interrupted. */
    private static void awaitEnd(Thread other) {
        boolean interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            } catch (InterruptedException e) {
                interrupted = true;
                other.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
