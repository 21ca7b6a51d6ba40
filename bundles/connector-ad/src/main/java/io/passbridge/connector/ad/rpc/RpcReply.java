/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrReader;
import java.util.Arrays;

/** The stub data of a complete reply. Closing it wipes them. */
public final class RpcReply implements AutoCloseable {
    private final byte[] bytes;
    private final int length;

    public RpcReply(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Reads the stub data from their beginning; they are shared with this object. */
    public NdrReader reader() {
        return new NdrReader(bytes, 0, length);
    }

    /** Length in bytes. */
    public int length() {
        return length;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, 0, length, (byte) 0);
    }
}
