/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What this server noted of the journal's end outside the database, so that an end that was cut
 * off, or a chain that was computed anew, is noticed by whoever can change the database only. A
 * service, thread-safe.
 */
@ProviderType
public interface JournalAnchor {
    /**
     * Compares the journal with what was noted.
     *
     * @return what does not fit, as a sentence; empty if all is well
     * @throws JournalException if the journal or the note cannot be read
     */
    Optional<String> check() throws JournalException;

    /**
     * Takes the present end for the right one, as after a backup was put back. Journalled before it
     * takes effect.
     *
     * @param actor who says so
     * @throws JournalException if it cannot be journalled or noted; what was noted then stays
     */
    void accept(String actor) throws JournalException;
}
