/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import io.passbridge.shell.channel.Frame;
import io.passbridge.shell.channel.FrameChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** An output stream to the client; every write is a frame. */
final class FrameOutput extends OutputStream {
    private static final int LARGEST = 1 << 16;

    private final FrameChannel channel;
    private final Frame.Type type;

    FrameOutput(FrameChannel channel, Frame.Type type) {
        this.channel = channel;
        this.type = type;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length; done += LARGEST) {
            int start = from + done;
            int end = from + Math.min(length, done + LARGEST);
            channel.send(new Frame(type, Arrays.copyOfRange(bytes, start, end)));
        }
    }
}
