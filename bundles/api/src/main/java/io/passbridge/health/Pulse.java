/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.health;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the platform that works by itself, and can tell whether it still does. A whiteboard
 * service, thread-safe: a watchdog that asks every one of them starts the platform anew when one
 * has stopped. What is amiss elsewhere, so that a new start would not help, is for an {@link
 * Inspector} to say.
 */
@ConsumerType
public interface Pulse {
    /** The part: {@code synchronisation}. */
    String subject();

    /**
     * Why the part does nothing any more, in words; empty while it lives. Asks nobody else and
     * returns at once; a part that is caught in a deadlock may fail to answer at all, which is an
     * answer too.
     */
    Optional<String> stall();
}
