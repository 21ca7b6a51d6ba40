/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.UnreadUser;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;

/** A user who could not be settled now, and why. */
public record Owed(SourceAnchor anchor, ChangeVersion version, AccountState state, String reason) {
    static Owed of(CredentialChange change, String reason) {
        return new Owed(change.anchor(), change.version(), change.state(), reason);
    }

    /** Nothing but the version is known of somebody who could not be read. */
    static Owed of(UnreadUser user) {
        return new Owed(user.anchor(), user.version(), AccountState.UNREAD, user.reason());
    }

    Owed because(String why) {
        return new Owed(anchor, version, state, why);
    }
}
