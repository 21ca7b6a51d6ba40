/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Redaction;
import io.passbridge.credential.SourceAnchor;
import java.util.Objects;

/**
 * A user whose change was noticed and who could not be read now, for a reason of this user alone.
 * The platform reads the user again ({@link PasswordSource#read}), with growing pauses, until it
 * can be done; the others go on.
 *
 * @param version of the change, or of as much of it as is known
 * @param reason why, without anything secret; what looks like a hash is taken out of it
 */
public record UnreadUser(SourceAnchor anchor, ChangeVersion version, String reason) {
    public UnreadUser {
        Objects.requireNonNull(anchor, "anchor");
        Objects.requireNonNull(version, "version");
        reason = Redaction.of(reason);
    }
}
