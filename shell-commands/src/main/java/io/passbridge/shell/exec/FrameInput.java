/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import io.passbridge.shell.channel.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** Standard input of the client, asked for when the command reads. */
final class FrameInput extends InputStream {
    private final ExecDialogue.Questions questions;
    private byte[] chunk = new byte[0];
    private int position;
    private boolean ended;

    FrameInput(ExecDialogue.Questions questions) {
        this.questions = questions;
    }

    @Override
    public synchronized int read() throws IOException {
        return more() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean more() throws IOException {
        if (position < chunk.length) {
            return true;
        }
        java.util.Arrays.fill(chunk, (byte) 0);
        if (!ended) {
            try {
                Optional<Frame> next = questions.put(Frame.of(Frame.Type.READ));
                chunk = next.map(Frame::payload).orElseGet(() -> new byte[0]);
                position = 0;
                ended = chunk.length == 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading standard input");
            }
        }
        return !ended;
    }
}
