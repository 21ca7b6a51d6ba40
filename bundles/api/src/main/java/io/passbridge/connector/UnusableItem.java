/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.Redaction;
import io.passbridge.credential.SourceAnchor;
import java.util.Objects;
import java.util.Optional;

/**
 * Something at the source that would be a person if it could be used. It is counted, listed and
 * explained until it is mended.
 *
 * @param place where it is found, the same as long as it is not moved: a file and line, a DN; tells
 *     items apart
 * @param name the login name, or empty if that cannot be told either
 * @param anchor of the user, if it is known; a later change of this user ends the trouble
 * @param reason why, in the same words for all items with this trouble and without anything secret;
 *     what looks like a hash is taken out of it
 */
public record UnusableItem(
        String place, String name, Optional<SourceAnchor> anchor, String reason) {
    public UnusableItem {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(anchor, "anchor");
        reason = Redaction.of(reason);
        if (place.isEmpty()) {
            throw new IllegalArgumentException("an unusable item needs a place");
        }
    }
}
