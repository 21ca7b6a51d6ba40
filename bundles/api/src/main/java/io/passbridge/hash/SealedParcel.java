/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Texts sealed for one recipient in one order: none of them can be read, changed, moved, left out
 * or added to by anybody else. What is sealed comes as lines without their ends, to be kept in
 * their order. Not thread-safe.
 */
@ConsumerType
public interface SealedParcel {
    /** The first line, which the recipient needs to open the others. */
    String opening();

    /**
     * The next line.
     *
     * @param last whether nothing follows
     * @throws IllegalStateException after the last one
     */
    String seal(String text, boolean last);
}
