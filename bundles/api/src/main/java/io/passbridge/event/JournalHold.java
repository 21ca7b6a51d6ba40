/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Somebody who has not done with the journal yet, as who forwards it to a receiver that is away. A
 * whiteboard service, thread-safe.
 */
@ConsumerType
public interface JournalHold {
    /** Who, in a word: {@code syslog}. */
    String name();

    /**
     * The oldest record that is still needed; pruning leaves it and all after it.
     *
     * @return its sequence number; 0 or 1 for everything, {@link Long#MAX_VALUE} for nothing
     */
    long oldest();
}
