/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.eventlog;

import java.io.IOException;

/** A source of the system's event log, open. Used by one thread. */
interface EventSource extends AutoCloseable {
    /** Opens a source. */
    @FunctionalInterface
    interface Opener {
        /**
         * @throws IOException with the reason in words
         */
        EventSource open() throws IOException;
    }

    /**
     * Reports an event; it is in the log when this returns.
     *
     * @param type as Windows numbers them: 1 error, 2 warning, 4 information
     * @param number the event's, below 65,536
     * @param text what happened; at most 31,839 characters, as Windows takes them
     * @throws IOException if the log does not take it
     */
    void report(int type, int number, String text) throws IOException;

    @Override
    void close();
}
