/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of the key set. Known of a locked key set too, but then as its file says, which is
 * checked when it is unlocked.
 *
 * @param unlocked whether values can be sealed and opened
 * @param problem why it is locked; null if it is unlocked
 * @param text the state in words, naming file, protector and cause
 * @param remedy what to do; empty if nothing
 * @param keySetId its id; empty if there is none or its file cannot be read
 * @param generation how often it was written
 * @param protector the name of its protector; empty if unknown
 * @param primary the id of the primary key, 0 if unknown
 * @param created when the key set was made
 * @param newestKey when its newest key was made
 * @param exported when it was last exported and the export checked
 * @param drilled when a restore was last rehearsed with success
 * @param passwordPending whether a new password was set that the protector's own place does not
 *     hold yet; both the old and the new one unlock
 */
public record KeySetStatus(
        boolean unlocked,
        KeyException.Kind problem,
        String text,
        String remedy,
        String keySetId,
        long generation,
        String protector,
        int primary,
        Optional<Instant> created,
        Optional<Instant> newestKey,
        Optional<Instant> exported,
        Optional<Instant> drilled,
        boolean passwordPending) {
    /** Whether a key was made after the last export, or there never was one. */
    public boolean exportOutdated() {
        return newestKey.isPresent()
                && (exported.isEmpty() || exported.get().isBefore(newestKey.get()));
    }
}
