/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import io.passbridge.credential.SourceAnchor;
import java.util.Optional;

/** Is told of records that cannot be used, so that the others can go on. */
@FunctionalInterface
public interface BadRecords {
    /** For passes over parts of a file that have been reported already. */
    BadRecords SILENT = (line, name, anchor, reason) -> {};

    /**
     * @param line in the file, from 1
     * @param name the login name, or empty if it is not known
     * @param anchor if it is known
     * @param reason the same for all records with this trouble, without anything secret
     */
    void report(long line, String name, Optional<SourceAnchor> anchor, String reason);

    /** A record of which not even the user is known. */
    default void report(long line, String reason) {
        report(line, "", Optional.empty(), reason);
    }
}
