/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.UserState;
import java.util.List;
import java.util.Set;

/**
 * A page that has passed the gates and the digest.
 *
 * @param origin what it was read for
 * @param users to be written, in order, one entry a user
 * @param refused final already, without asking the target
 * @param settled users of whom nothing is sent, as they stand
 * @param owed users who go to the retry queue without asking the target
 * @param rereads users to be read afresh at once, since the state alone would hide a password that
 *     is owed
 * @param unchanged users dealt with before or outside of the route
 * @param timed users whose changes tell by their own time how long they took
 */
public record PreparedPage(
        PageOrigin origin,
        List<PreparedUser> users,
        List<UserState> refused,
        List<UserState> settled,
        List<Owed> owed,
        List<Owed> rereads,
        int unchanged,
        Set<SourceAnchor> timed) {
    /** A page of which nothing but what is owed came about. */
    public static PreparedPage owing(PageOrigin origin, List<Owed> owed) {
        return new PreparedPage(
                origin, List.of(), List.of(), List.of(), owed, List.of(), 0, Set.of());
    }

    public PreparedPage owing(List<Owed> all) {
        return new PreparedPage(origin, users, refused, settled, all, rereads, unchanged, timed);
    }

    /** The same, with users whose changes tell how long they took. */
    PreparedPage timing(Set<SourceAnchor> those) {
        return new PreparedPage(
                origin, users, refused, settled, owed, rereads, unchanged, Set.copyOf(those));
    }

    boolean isRetry() {
        return origin instanceof PageOrigin.Retries;
    }
}
