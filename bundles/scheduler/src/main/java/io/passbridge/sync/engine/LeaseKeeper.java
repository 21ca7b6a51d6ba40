/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import io.passbridge.store.WriterLease.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the writer's lease and renews it in the background. The lease counts as lost before it ends
 * in the database, by this machine's own monotonic time.
 */
final class LeaseKeeper implements LeaseHolding, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private static final String NOT_ASKED = "the writer's lease has not been asked for yet";

    private final WriterLease lease;
    private final Journal journal;
    private final String holder;
    private final Duration validity;
    private final Runnable acquired;
    private final ScheduledFuture<?> renewal;
    private Lease held;
    private long heldUntil;
    private boolean closed;
    private String trouble = NOT_ASKED;

    /**
     * @param acquired called when this server begins to hold the lease
     */
    LeaseKeeper(
            WriterLease lease,
            Journal journal,
            String holder,
            Duration validity,
            ScheduledExecutorService timer,
            Runnable acquired) {
        this.lease = lease;
        this.journal = journal;
        this.holder = holder;
        this.validity = validity;
        this.acquired = acquired;
        this.renewal =
                timer.scheduleWithFixedDelay(
                        this::renew, 0, validity.toMillis() / 4, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        long asked = System.nanoTime();
        try {
            Optional<Lease> answer = lease.acquire(holder, validity);
            if (answer.isPresent()) {
                hold(answer.get(), asked);
            } else {
                String other = lease.current().map(Lease::holder).orElse("another server");
                drop("the writer's lease is held by " + other);
            }
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.FENCED) {
                drop(e.getMessage());
            } else {
                unreachable(e.getMessage());
            }
        } catch (RuntimeException e) {
            unreachable(e.toString());
        }
    }

    private void hold(Lease answer, long asked) {
        boolean first;
        boolean lapsed;
        synchronized (this) {
            if (closed) {
                return;
            }
            first = held == null;
            lapsed = !first && !holds();
            held = answer;
            heldUntil = asked + validity.toNanos() * 3 / 4;
            trouble = "";
        }
        if (first) {
            note(EventType.LEASE_ACQUIRED, Map.of("holder", holder, "token", "" + answer.token()));
        }
        if (first || lapsed) {
            acquired.run();
        }
    }

    private void drop(String reason) {
        boolean lost;
        synchronized (this) {
            lost = held != null;
            held = null;
            trouble = reason;
        }
        if (lost) {
            note(EventType.LEASE_LOST, Map.of("reason", reason));
        }
    }

    private synchronized void unreachable(String reason) {
        trouble = "the writer's lease cannot be renewed: " + reason;
        LOG.warn("{}", trouble);
    }

    private void note(EventType type, Map<String, String> facts) {
        try {
            journal.record(type, "server " + holder, facts);
        } catch (JournalException e) {
            LOG.warn("event {} was not journalled: {}", type.number(), e.getMessage());
        }
    }

    @Override
    public synchronized long token() throws CycleFailure {
        if (!holds()) {
            throw new CycleFailure(CycleFailure.Kind.FENCED, standbyReason());
        }
        return held.token();
    }

    synchronized boolean holds() {
        return held != null && System.nanoTime() - heldUntil < 0;
    }

    /** Whether the first answer has not come yet. */
    synchronized boolean isUndecided() {
        return trouble.equals(NOT_ASKED);
    }

    synchronized String standbyReason() {
        return trouble.isEmpty() ? "the writer's lease was not renewed in time" : trouble;
    }

    @Override
    public void fenced() {
        drop("another server has taken the lease over");
    }

    /** Gives the lease back, so that another server need not wait for its end. */
    @Override
    public void close() {
        renewal.cancel(false);
        boolean mine;
        synchronized (this) {
            closed = true;
            mine = held != null;
            held = null;
        }
        try {
            if (mine) {
                lease.release(holder);
            }
        } catch (StoreException e) {
            LOG.warn("the writer's lease could not be given back: {}", e.getMessage());
        }
    }
}
