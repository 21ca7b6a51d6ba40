/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import java.util.Optional;

/**
 * One user of a page, ready to be written: nothing of the source credential is left in it.
 *
 * @param update for the target; empty if only the user object is to be kept up to date
 * @param refusal why the password is not part of the update; empty if it is, or there is none
 * @param account the user object to be made or renamed first
 */
public record PreparedUser(
        SourceAnchor anchor,
        ChangeVersion version,
        AccountState state,
        Optional<PasswordUpdate> update,
        String refusal,
        Optional<Account> account) {
    /** The same as somebody to whom something is owed, or of whom something is to be recorded. */
    Owed owing(String reason) {
        return new Owed(anchor, version, state, reason);
    }
}
