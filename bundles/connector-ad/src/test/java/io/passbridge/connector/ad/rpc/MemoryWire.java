/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.io.ByteArrayInputStream;

/** Gives prepared bytes and forgets what is written. */
public final class MemoryWire implements Wire {
    private final ByteArrayInputStream in;

    MemoryWire(byte[] bytes) {
        this.in = new ByteArrayInputStream(bytes);
    }

    /** A connection on which the peer says the given bytes, whatever it is told. */
    public static RpcConnection connection(byte[] bytes, int maxReply) {
        return new RpcConnection(new MemoryWire(bytes), maxReply);
    }

    @Override
    public int read(byte[] into, int offset, int length, Deadline deadline) {
        return in.read(into, offset, length);
    }

    @Override
    public void write(byte[] message) {
        // nobody listens
    }

    @Override
    public void close() {
        // nothing to release
    }
}
