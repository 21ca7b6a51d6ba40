/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/**
 * The immutable identifier of a user in its source: an objectGUID, entryUUID or nsUniqueId in its
 * usual text form, case-sensitive; never a DN or a login name.
 *
 * @param value 1 to 255 characters
 */
public record SourceAnchor(String value) implements Comparable<SourceAnchor> {
    /** The longest anchor, in characters. */
    public static final int MAX_LENGTH = 255;

    public SourceAnchor {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "source anchor has "
                            + value.length()
                            + " characters; 1 to "
                            + MAX_LENGTH
                            + " are allowed");
        }
    }

    @Override
    public int compareTo(SourceAnchor other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
