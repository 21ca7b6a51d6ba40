/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import io.passbridge.shell.channel.Frame;
import io.passbridge.shell.channel.FrameChannel;
import io.passbridge.shell.channel.Request;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A client's connection to the platform: commands one after the other. One thread runs commands;
 * another one may interrupt them.
 */
final class Conversation implements Closeable {
    private final FrameChannel channel;
    private volatile boolean running;

    Conversation(FrameChannel channel) {
        this.channel = channel;
    }

    /**
     * Runs a command.
     *
     * @return its exit status; empty if the platform stopped before the command ended
     */
    OptionalInt run(String command, Screen screen) throws IOException {
        String folder = Path.of("").toAbsolutePath().toString();
        try {
            begin(new Request(command, folder, screen.width(), screen.canAsk()));
        } catch (IOException gone) {
            return OptionalInt.empty();
        }
        try {
            return converse(screen);
        } finally {
            running = false;
        }
    }

    /** An interrupt never overtakes the request that it is meant for. */
    private synchronized void begin(Request request) throws IOException {
        channel.send(request.toFrame());
        running = true;
    }

    private OptionalInt converse(Screen screen) throws IOException {
        for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
            switch (frame.type()) {
                case OUT -> ClientTerminal.print(frame.payload(), screen.out());
                case ERR -> ClientTerminal.print(frame.payload(), screen.err());
                case READ -> send(screen.readInput());
                case ASK -> send(screen.ask(frame.text()));
                case ASK_SECRET -> send(screen.askSecret(frame.text()));
                case EXIT -> {
                    return OptionalInt.of(frame.payload()[0]);
                }
                default -> throw new IOException("unexpected " + frame);
            }
        }
        return OptionalInt.empty();
    }

    private void send(Frame frame) throws IOException {
        channel.send(frame);
        frame.wipe();
    }

    /** Ends the command that runs on the platform, if one does. */
    synchronized void interrupt() {
        if (!running) {
            return;
        }
        try {
            channel.send(Frame.of(Frame.Type.INTERRUPT));
        } catch (IOException e) {
            // the command has ended
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
