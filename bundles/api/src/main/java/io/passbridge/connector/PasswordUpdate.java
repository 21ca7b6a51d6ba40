/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import java.time.Instant;
import java.util.Optional;

/**
 * One user's digest and account state for a target.
 *
 * @param anchor whose
 * @param version the source's version; a target that holds a newer one answers conflict, one that
 *     holds this version with this state and, if a digest is given, with a digest answers already.
 *     A target that got this version as a state alone takes the digest when it comes
 * @param changedAt when the source changed it
 * @param state the account's state
 * @param digest the digest, or empty if only the state is to be applied
 */
public record PasswordUpdate(
        SourceAnchor anchor,
        ChangeVersion version,
        Instant changedAt,
        AccountState state,
        Optional<Digest> digest) {}
