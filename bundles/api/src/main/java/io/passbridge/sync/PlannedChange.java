/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

/**
 * What a run would do for one user.
 *
 * @param anchor whose
 * @param user the login name, or the anchor where no name is known
 * @param kind what would be done
 * @param reason why, in words
 */
public record PlannedChange(String anchor, String user, Kind kind, String reason) {
    /** What is done for a user. */
    public enum Kind {
        /** The route has nothing of the user yet; made at the target, if it makes users. */
        CREATE,
        /** A password is sent. */
        PASSWORD,
        /** The names or attributes change at the target. */
        RENAME,
        /** The account is closed at the target. */
        DISABLE,
        /** The account is opened at the target. */
        ENABLE,
        /** Another account state is sent. */
        STATE,
        /** The user is gone at the source. */
        DELETE,
        /** The user leaves the scope of source or route. */
        LEAVE,
        /** Nothing is sent, since a gate stops it. */
        REFUSE
    }

    /** Whether it counts for the route's limits of deletions. */
    public boolean deletion() {
        return kind == Kind.DELETE || kind == Kind.LEAVE;
    }
}
