/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import java.time.Instant;

/**
 * An operator's leave to delete more users, or move more out of scope, than a route's limits allow.
 * It ends with the next run that succeeds, at its time, and with the process.
 *
 * @param most in one run; {@link #ANY} for any number
 * @param until when it ends unused
 */
public record DeletionLeave(long most, Instant until) {
    /** Any number of deletions. */
    public static final long ANY = Integer.MAX_VALUE;
}
