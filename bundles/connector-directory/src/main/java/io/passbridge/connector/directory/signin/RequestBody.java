/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityConsumer;

/** Gathers the body of a request, whose bytes are wiped if nobody comes for them. */
final class RequestBody extends AbstractBinAsyncEntityConsumer<byte[]> {
    /** The longest body, in bytes. A longer one comes out one byte longer than that. */
    static final int MOST = 8_192;

    /** A body beyond this is not even read to its end. */
    private static final int ENDURED = 65_536;

    private final byte[] bytes = new byte[MOST + 1];
    private int length;
    private int seen;

    @Override
    protected void streamStart(ContentType type) {
        // any type: whoever answers decides
    }

    @Override
    protected int capacityIncrement() {
        return MOST;
    }

    @Override
    protected void data(ByteBuffer source, boolean last) throws IOException {
        seen += source.remaining();
        if (seen > ENDURED) {
            throw new IOException("the body is longer than " + ENDURED + " bytes");
        }
        int taken = Math.min(source.remaining(), bytes.length - length);
        source.get(bytes, length, taken);
        length += taken;
        source.position(source.limit());
    }

    @Override
    protected byte[] generateContent() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void releaseResources() {
        Arrays.fill(bytes, (byte) 0);
    }
}
