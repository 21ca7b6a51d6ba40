/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

/** One thing that goes wrong with one call. */
public enum Fault {
    /** The call does not get through: nothing happens, {@code UNREACHABLE}. */
    DROP,
    /** The call takes a while. */
    DELAY,
    /** Every change of a page comes twice; a batch is applied twice. */
    DUPLICATE,
    /** Changes of different users, or the items of a batch, are dealt with in another order. */
    REORDER,
    /**
     * The connection breaks in the middle: a page fails after it has been read, half of a batch is
     * applied and the outcome is unknown.
     */
    TRUNCATE,
    /** The watermark is no longer valid. */
    EXPIRE_WATERMARK,
    /** Everything is applied, but the answer is lost: {@code OUTCOME_UNKNOWN}. */
    DIE_AFTER_WRITE
}
