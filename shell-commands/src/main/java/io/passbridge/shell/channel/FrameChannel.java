/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.channel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Arrays;

/**
 * Sends and receives frames: one byte of type, four of length, the payload. Sending is thread-safe;
 * one thread receives.
 */
public final class FrameChannel implements Closeable {
    private static final int HEADER_BYTES = 5;
    private static final int LARGEST_PAYLOAD = 1 << 20;

    private final ByteChannel channel;
    private final Object sending = new Object();

    public FrameChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /** Sends a frame. The payload stays the caller's to wipe. */
    public void send(Frame frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + frame.payload().length);
        bytes.put((byte) frame.type().ordinal()).putInt(frame.payload().length);
        bytes.put(frame.payload()).flip();
        synchronized (sending) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Arrays.fill(bytes.array(), (byte) 0);
    }

    /**
     * Waits for a frame.
     *
     * @return null if the other end closed the channel
     * @throws IOException if the channel failed or what came is no frame
     */
    public Frame receive() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (!fill(header)) {
            return null;
        }
        int type = header.flip().get();
        int length = header.getInt();
        Frame.Type[] types = Frame.Type.values();
        if (type < 0 || type >= types.length || length < 0 || length > LARGEST_PAYLOAD) {
            throw new IOException("not a frame of this version (" + type + ", " + length + ")");
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (!fill(payload)) {
            return null;
        }
        return new Frame(types[type], payload.array());
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
