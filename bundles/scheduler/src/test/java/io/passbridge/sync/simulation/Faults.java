/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A plan of what goes wrong, one entry a call; an empty plan means that all goes well. */
public final class Faults {
    /** What goes wrong with one call. */
    public enum Fault {
        NONE,
        UNREACHABLE,
        /** The call is done, but the answer is lost. */
        UNKNOWN_AFTER,
        PLUGIN_FAULT,
        /** A source gives the page it gave before once more. */
        DUPLICATE,
        EXPIRED,
        /** The platform is killed. */
        KILL,
        /** The call is done, then the platform is killed. */
        KILL_AFTER,
        DEADLOCK,
        STORE_DOWN
    }

    /** Stands for the end of the process. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    public final Deque<Fault> source = new ArrayDeque<>();
    public final Deque<Fault> target = new ArrayDeque<>();
    public final Deque<Fault> store = new ArrayDeque<>();
    private Fault pendingStore = Fault.NONE;
    private volatile boolean dead;

    public void revive() {
        dead = false;
    }

    public boolean exhausted() {
        return source.isEmpty() && target.isEmpty() && store.isEmpty();
    }

    public void clear() {
        source.clear();
        target.clear();
        store.clear();
    }

    /** Nothing works in a killed process. */
    private void living() {
        if (dead) {
            throw new Killed();
        }
    }

    private Killed kill() {
        dead = true;
        return new Killed();
    }

    public Fault next(Deque<Fault> plan) throws ConnectorException {
        synchronized (plan) {
            living();
            Fault fault = plan.isEmpty() ? Fault.NONE : plan.removeFirst();
            switch (fault) {
                case KILL -> throw kill();
                case UNREACHABLE ->
                        throw new ConnectorException(Kind.UNREACHABLE, "cannot be reached");
                case PLUGIN_FAULT ->
                        throw new ConnectorException(Kind.PLUGIN_FAULT, "NullPointerException");
                case EXPIRED ->
                        throw new ConnectorException(Kind.WATERMARK_EXPIRED, "position is gone");
                default -> {
                    return fault;
                }
            }
        }
    }

    public void after(Fault fault) throws ConnectorException {
        if (fault == Fault.KILL_AFTER) {
            throw kill();
        }
        if (fault == Fault.UNKNOWN_AFTER) {
            throw new ConnectorException(Kind.OUTCOME_UNKNOWN, "connection broke");
        }
    }

    public void store() throws StoreException {
        living();
        pendingStore = store.isEmpty() ? Fault.NONE : store.removeFirst();
        switch (pendingStore) {
            case KILL -> throw kill();
            case DEADLOCK -> throw new StoreException(StoreException.Kind.TRANSIENT, "deadlock");
            case STORE_DOWN ->
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "disk is full");
            default -> {}
        }
    }

    public void afterCommit() {
        if (pendingStore == Fault.KILL_AFTER) {
            throw kill();
        }
    }
}
