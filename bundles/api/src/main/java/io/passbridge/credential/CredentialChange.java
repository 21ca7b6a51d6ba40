/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.time.Instant;
import java.util.Optional;

/**
 * One user's credential and account state as a source holds them at one version. Closing it wipes
 * the credential.
 *
 * @param anchor whose
 * @param version at which point of the user's own history; see {@link ChangeVersion}
 * @param changedAt when the source changed the password or the state, for people and for targets
 *     that keep a date; not used for order
 * @param state the account's state at that version
 * @param credential the credential, or empty if the source holds none, withholds it (a deleted
 *     user), or the change is of the state alone
 * @param account the user object, if the source has it at hand without further cost
 */
public record CredentialChange(
        SourceAnchor anchor,
        ChangeVersion version,
        Instant changedAt,
        AccountState state,
        Optional<SourceCredential> credential,
        Optional<Account> account)
        implements AutoCloseable {
    /** The same at another version; the credential is shared. */
    public CredentialChange withVersion(ChangeVersion other) {
        return new CredentialChange(anchor, other, changedAt, state, credential, account);
    }

    /** The same with another credential, or none; the one before is not closed. */
    public CredentialChange withCredential(Optional<SourceCredential> other) {
        return new CredentialChange(anchor, version, changedAt, state, other, account);
    }

    /** The same with the user object; the credential is shared. */
    public CredentialChange withAccount(Optional<Account> other) {
        return new CredentialChange(anchor, version, changedAt, state, credential, other);
    }

    @Override
    public void close() {
        credential.ifPresent(SourceCredential::close);
    }
}
