/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.credential.CredentialChange;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.UserState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which changes tell by their own time how prompt a route is. Somebody who comes into the scope or
 * into a new route brings a password of years ago; a restored source shows an older one; a gate
 * held one back until it was changed; a full run sends everybody anew, and a file without times
 * gives its own for all of them. None of these took that long: in a run that reads changes, a
 * change counts if it was made after the route had last dealt with the user.
 *
 * @param reading what the source is read for
 * @param since when the route had last dealt with everything that the source had
 */
record TimedChanges(Reading reading, Instant since) {
    /**
     * @param known what the route last did for the user, or null if it meets the user now
     */
    boolean has(CredentialChange change, UserState known) {
        Instant made = change.changedAt();
        boolean countsDays = made.equals(made.truncatedTo(ChronoUnit.DAYS)); // shadowLastChange
        return reading == Reading.CHANGES
                && !countsDays
                && made.isAfter(known == null ? since : known.at());
    }
}
