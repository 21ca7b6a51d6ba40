/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.Redaction;
import io.passbridge.credential.SourceAnchor;
import java.util.Optional;

/** What a target holds of one user. */
public sealed interface Holding {
    /** Whose. */
    SourceAnchor anchor();

    /** The target has no such user. */
    record Absent(SourceAnchor anchor) implements Holding {}

    /**
     * A user whose password can be read.
     *
     * @param digest what sign-ins are checked with, of a scheme that the target does not list if it
     *     is none that was ever written; empty if there is none
     * @param open whether the account may sign in there
     */
    record Held(SourceAnchor anchor, Optional<Digest> digest, boolean open) implements Holding {}

    /**
     * A user whose password the target shows to nobody, but of which it knows with which version it
     * came.
     *
     * @param version with which the password that sign-ins are checked with was written; empty if
     *     somebody else set it, or there is none
     * @param open whether the account may sign in there
     */
    record Vouched(SourceAnchor anchor, Optional<ChangeVersion> version, boolean open)
            implements Holding {}

    /**
     * A user of whose password nothing can be told now.
     *
     * @param reason for people, without anything secret
     */
    record Unreadable(SourceAnchor anchor, String reason) implements Holding {
        public Unreadable {
            reason = Redaction.of(reason);
        }
    }
}
