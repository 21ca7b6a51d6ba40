/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

/** Understands the records of one file format. */
public interface RecordParser {
    /**
     * @param record valid during this call
     * @return closed by the caller
     * @throws BadRecordException if the record cannot be used
     */
    FileRecord parse(RawRecord record) throws BadRecordException;
}
