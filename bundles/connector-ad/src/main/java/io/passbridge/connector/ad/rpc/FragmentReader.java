/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Cuts the byte stream of a connection into fragments, without copying them. Not thread-safe. */
final class FragmentReader {
    /** Many fragments a read: a fragment has at most 5840 bytes with every known peer. */
    private static final int BUFFER = 1 << 17;

    private final Wire wire;
    private final byte[] buffer = new byte[BUFFER];
    private int begin;
    private int end;

    FragmentReader(Wire wire) {
        this.wire = wire;
    }

    /**
     * The next fragment; the one before becomes invalid.
     *
     * @throws java.net.SocketTimeoutException when the deadline passes
     * @throws EOFException when the peer closed the connection
     */
    Fragment next(int maxLength, Deadline deadline) throws IOException {
        fill(Fragment.HEADER, deadline);
        Fragment head = Fragment.parse(buffer, begin, maxLength);
        if (end - begin < head.length()) {
            fill(head.length(), deadline);
            head = Fragment.parse(buffer, begin, maxLength);
        }
        begin += head.length();
        return head;
    }

    private void fill(int needed, Deadline deadline) throws IOException {
        if (needed > BUFFER) {
            throw new NdrException(
                    "a fragment of " + needed + " bytes; " + BUFFER + " are possible");
        }
        if (begin + needed > BUFFER) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        while (end - begin < needed) {
            if (begin == end) {
                begin = 0;
                end = 0;
            }
            int count = wire.read(buffer, end, BUFFER - end, deadline);
            if (count < 0) {
                throw new EOFException("the peer closed the connection");
            }
            end += count;
        }
    }

    void wipe() {
        Arrays.fill(buffer, (byte) 0);
    }
}
