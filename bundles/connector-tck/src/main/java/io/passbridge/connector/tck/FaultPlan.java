/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What goes wrong, and when. Faults are given out one for each call of their operation, in the
 * order in which they were planned; a random plan adds more. Thread-safe; the same plan over the
 * same calls gives the same faults.
 */
public final class FaultPlan {
    private final Map<Operation, Deque<Optional<Fault>>> planned = new EnumMap<>(Operation.class);
    private final Random random;
    private final double rate;
    private final long delayMillis;
    private int given;

    /** The operations that can go wrong. */
    public enum Operation {
        /** {@code PasswordSource.changes} */
        CHANGES(
                Set.of(
                        Fault.DROP,
                        Fault.DELAY,
                        Fault.DUPLICATE,
                        Fault.REORDER,
                        Fault.TRUNCATE,
                        Fault.EXPIRE_WATERMARK)),
        /** {@code PasswordSource.read} */
        READ(Set.of(Fault.DROP, Fault.DELAY, Fault.REORDER, Fault.TRUNCATE)),
        /** {@code PasswordTarget.apply} */
        APPLY(
                Set.of(
                        Fault.DROP,
                        Fault.DELAY,
                        Fault.DUPLICATE,
                        Fault.REORDER,
                        Fault.TRUNCATE,
                        Fault.DIE_AFTER_WRITE)),
        /** {@code AccountTarget.provision} */
        PROVISION(
                Set.of(
                        Fault.DROP,
                        Fault.DELAY,
                        Fault.DUPLICATE,
                        Fault.TRUNCATE,
                        Fault.DIE_AFTER_WRITE)),
        /** {@code AccountSource.accounts} and {@code find} */
        ACCOUNTS(Set.of(Fault.DROP, Fault.DELAY)),
        /** A change signal on its way to its listener. */
        SIGNAL(Set.of(Fault.DROP, Fault.DELAY, Fault.DUPLICATE));

        private final Set<Fault> possible;

        Operation(Set<Fault> possible) {
            this.possible = possible;
        }

        /** Which faults make sense. */
        public Set<Fault> possible() {
            return possible;
        }
    }

    private FaultPlan(Random random, double rate, long delayMillis) {
        this.random = random;
        this.rate = rate;
        this.delayMillis = delayMillis;
    }

    /** Nothing goes wrong but what is planned. */
    public static FaultPlan none() {
        return new FaultPlan(new Random(0), 0, 20);
    }

    /**
     * Each call goes wrong with a probability, in any way that makes sense for it but an expired
     * watermark, which would keep a run from ever ending.
     */
    public static FaultPlan random(long seed, double rate) {
        return new FaultPlan(new Random(seed), rate, 5);
    }

    /** Plans faults for the next calls of an operation, one each. */
    public synchronized FaultPlan next(Operation operation, Fault... faults) {
        for (Fault fault : faults) {
            if (!operation.possible().contains(fault)) {
                throw new IllegalArgumentException(fault + " makes no sense for " + operation);
            }
            queue(operation).add(Optional.of(fault));
        }
        return this;
    }

    /** Lets calls of an operation through before what is planned after this. */
    public synchronized FaultPlan letThrough(Operation operation, int calls) {
        for (int i = 0; i < calls; i++) {
            queue(operation).add(Optional.empty());
        }
        return this;
    }

    private Deque<Optional<Fault>> queue(Operation operation) {
        return planned.computeIfAbsent(operation, key -> new ArrayDeque<>());
    }

    /** How many faults have been given out. */
    public synchronized int given() {
        return given;
    }

    synchronized Optional<Fault> take(Operation operation) {
        Optional<Fault> fault =
                queue(operation).isEmpty() ? chance(operation) : queue(operation).poll();
        given += fault.isPresent() ? 1 : 0;
        return fault;
    }

    private Optional<Fault> chance(Operation operation) {
        if (random.nextDouble() >= rate) {
            return Optional.empty();
        }
        Fault[] faults =
                Arrays.stream(Fault.values())
                        .filter(operation.possible()::contains)
                        .filter(fault -> fault != Fault.EXPIRE_WATERMARK)
                        .toArray(Fault[]::new);
        return Optional.of(faults[random.nextInt(faults.length)]);
    }

    long delayMillis() {
        return delayMillis;
    }

    synchronized Random shuffling() {
        return new Random(random.nextLong());
    }
}
