/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

/** Is told of records that cannot be used, so that the others can go on. */
@FunctionalInterface
interface BadRecords {
    /** For passes over parts of a file that have been reported already. */
    BadRecords SILENT = (line, reason) -> {};

    /**
     * @param line in the file, from 1
     * @param reason without anything secret
     */
    void report(long line, String reason);
}
