/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.io.Closeable;
import java.io.IOException;

/** The byte stream in both directions that an association runs over. */
interface Wire extends Closeable {
    /**
     * Reads at least one byte.
     *
     * @return the number of bytes, or -1 at the end of the stream
     * @throws java.net.SocketTimeoutException when the deadline passes
     */
    int read(byte[] into, int offset, int length, Deadline deadline) throws IOException;

    /** Writes one whole message; may be called by any thread. */
    void write(byte[] message) throws IOException;
}
