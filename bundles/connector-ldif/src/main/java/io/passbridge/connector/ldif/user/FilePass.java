/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.connector.ldif.record.FileRecord;
import java.io.IOException;
import java.util.Set;

/** A way through a file that meets at least every record about some users, in file order. */
@FunctionalInterface
public interface FilePass {
    /**
     * Goes through the file once.
     *
     * @param names normalized names under which users are looked for
     */
    void over(Set<String> names, Visitor visitor) throws IOException;

    /** What is done with each record. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param record the visitor's to close
         * @param line on which it begins
         */
        void visit(FileRecord record, long line);
    }
}
