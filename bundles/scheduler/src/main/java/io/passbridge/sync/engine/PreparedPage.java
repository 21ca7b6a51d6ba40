/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.UnusableReport;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page that has passed the gates and the digest.
 *
 * @param read changes read, before several of one user became one
 * @param users to be written, in order, one entry a user
 * @param refused final already, without asking the target
 * @param settled users of whom nothing is sent, as they stand
 * @param owed users who go to the retry queue without asking the target
 * @param rereads users to be read afresh at once, since the state alone would hide a password that
 *     is owed
 * @param unchanged users dealt with before or outside of the route
 * @param earlier what the retry queue held for these users
 * @param retrying whether the page was read for the retry queue
 * @param unusable what the source met in this page and could not use
 * @param position to be stored with the outcomes
 */
record PreparedPage(
        int read,
        List<PreparedUser> users,
        List<UserState> refused,
        List<UserState> settled,
        List<Owed> owed,
        List<Owed> rereads,
        int unchanged,
        Map<SourceAnchor, Retry> earlier,
        boolean retrying,
        UnusableReport unusable,
        Optional<RoutePosition> position) {
    PreparedPage owing(List<Owed> all) {
        return new PreparedPage(
                read, users, refused, settled, all, rereads, unchanged, earlier, retrying, unusable,
                position);
    }
}
