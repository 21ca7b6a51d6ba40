/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The stored sealed values as a whole, over all owners that are there: counting, checking,
 * re-encrypting. A service, thread-safe.
 *
 * <p>Every call is refused with {@link KeyException.Kind#NOT_ALLOWED} while no owner is there: an
 * unreachable store is not an empty one.
 */
@ProviderType
public interface SealedValues {
    /**
     * How many values are sealed under which key, by owner, key set and key. Needs no open key set.
     */
    List<Count> census() throws KeyException;

    /** Opens every value and keeps none, and journals how many opened. */
    List<Check> verify(String actor, Progress progress) throws KeyException;

    /**
     * Re-encrypts every value that is not sealed under the primary key. Each new value is opened
     * and compared before it replaces the old one. May be stopped or killed at any instant and
     * repeated: what is done stays done.
     *
     * @param actor who asks
     * @throws InterruptedException if the thread was interrupted, between two batches
     */
    List<Rewrapped> rewrap(String actor, Order order, Progress progress)
            throws KeyException, InterruptedException;

    /** Is told how far the work is. */
    @FunctionalInterface
    interface Progress {
        /** Nobody is told. */
        Progress NONE = (done, total) -> {};

        /**
         * So many values are dealt with.
         *
         * @param total of so many, as counted at the beginning
         */
        void at(long done, long total);
    }

    /**
     * A row of the census.
     *
     * @param owner who stores them
     * @param keySetId the key set they name; empty for values that are no sealed values at all
     * @param key the key they name
     * @param values how many
     */
    record Count(String owner, String keySetId, int key, long values) {}

    /**
     * The check of an owner's values.
     *
     * @param owner who stores them
     * @param values how many there are
     * @param opened how many open
     * @param troubles of those that do not; at most 100 are told one by one
     */
    record Check(String owner, long values, long opened, List<Trouble> troubles) {
        public Check {
            troubles = List.copyOf(troubles);
        }
    }

    /**
     * A value that does not open.
     *
     * @param value whose it is, as its binding says
     * @param kind why
     * @param text why, in words, with the remedy
     */
    record Trouble(String value, KeyException.Kind kind, String text) {}

    /**
     * How to re-encrypt.
     *
     * @param batch so many values in one transaction, or 0 for all of an owner's in one
     * @param dryRun change nothing
     * @param perSecond at most so many values a second, or 0 for no limit
     */
    record Order(int batch, boolean dryRun, int perSecond) {
        public Order {
            if (batch < 0 || perSecond < 0) {
                throw new IllegalArgumentException("batch and rate are not negative");
            }
        }
    }

    /**
     * What became of an owner's values.
     *
     * @param owner who stores them
     * @param values how many there are
     * @param current how many were under the primary key already
     * @param rewrapped how many were re-encrypted, or would be
     * @param changed how many were changed by others meanwhile and are left for the next time
     * @param troubles those that do not open and stay as they are; at most 100 one by one
     * @param refused how many do not open
     */
    record Rewrapped(
            String owner,
            long values,
            long current,
            long rewrapped,
            long changed,
            long refused,
            List<Trouble> troubles) {
        public Rewrapped {
            troubles = List.copyOf(troubles);
        }
    }
}
