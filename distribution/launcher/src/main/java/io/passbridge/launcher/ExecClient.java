/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import io.passbridge.shell.channel.Frame;
import io.passbridge.shell.channel.FrameChannel;
import io.passbridge.shell.channel.Request;
import io.passbridge.shell.channel.SocketPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code exec}: runs one command on the running platform, as if it were typed there. */
public final class ExecClient {
    private final Home home;

    public ExecClient(Home home) {
        this.home = home;
    }

    /**
     * Runs a command; its output goes to the streams of this process.
     *
     * @return its exit status
     * @throws LaunchException if no platform answers
     */
    public int run(String command) throws IOException, LaunchException {
        return run(command, ClientTerminal.ofThisProcess());
    }

    /** Runs a command of which only the progress is shown; its exit status. */
    public int watch(String command) throws IOException, LaunchException {
        return run(command, ClientTerminal.ofThisProcess().withoutOutput());
    }

    /** The output of a command that nobody sees; empty if it did not end with 0. */
    public Optional<String> output(String command) throws IOException, LaunchException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int status = run(command, ClientTerminal.recording(output));
        return status == Main.DONE
                ? Optional.of(output.toString(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private int run(String command, ClientTerminal terminal) throws IOException, LaunchException {
        try (FrameChannel channel = open()) {
            Thread interrupt = new Thread(() -> interrupt(channel), "passbridge-exec-interrupt");
            Runtime.getRuntime().addShutdownHook(interrupt);
            channel.send(
                    new Request(
                                    command,
                                    Path.of("").toAbsolutePath().toString(),
                                    terminal.width(),
                                    terminal.canAsk())
                            .toFrame());
            int status = converse(channel, terminal);
            removeHook(interrupt);
            return status;
        }
    }

    private int converse(FrameChannel channel, ClientTerminal terminal)
            throws IOException, LaunchException {
        for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
            switch (frame.type()) {
                case OUT -> ClientTerminal.print(frame.payload(), terminal.out());
                case ERR -> ClientTerminal.print(frame.payload(), terminal.err());
                case READ -> send(channel, terminal.readInput());
                case ASK -> send(channel, terminal.ask(frame.text()));
                case ASK_SECRET -> send(channel, terminal.askSecret(frame.text()));
                case EXIT -> {
                    return frame.payload()[0];
                }
                default -> throw new IOException("unexpected " + frame);
            }
        }
        throw LaunchException.failed(
                "the platform stopped before the command ended; what it did is in " + home.log());
    }

    private static void send(FrameChannel channel, Frame frame) throws IOException {
        channel.send(frame);
        frame.wipe();
    }

    /** Ends the command on the platform when this process is interrupted. */
    private static void interrupt(FrameChannel channel) {
        try {
            channel.send(Frame.of(Frame.Type.INTERRUPT));
        } catch (IOException e) {
            // the command has ended
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending
        }
    }

    /** Whether a platform answers. */
    boolean answers() throws IOException {
        try (FrameChannel channel = connect()) {
            return channel != null;
        }
    }

    /** Sends one message; false if no platform answers. */
    boolean send(Frame frame) throws IOException {
        try (FrameChannel channel = connect()) {
            if (channel == null) {
                return false;
            }
            channel.send(frame);
            return channel.receive() != null;
        }
    }

    private FrameChannel open() throws IOException, LaunchException {
        FrameChannel channel = connect();
        if (channel != null) {
            return channel;
        }
        if (DataLock.holder(home.data()).isPresent()) {
            throw LaunchException.failed(
                    "the platform on "
                            + home.data()
                            + " does not answer; it may still be starting");
        }
        throw LaunchException.notRunning(home);
    }

    private FrameChannel connect() throws IOException {
        UnixDomainSocketAddress address = new SocketPlace(home.data()).find();
        if (!Files.exists(Platform.ready(home)) || !Files.exists(address.getPath())) {
            return null;
        }
        try {
            return new FrameChannel(SocketChannel.open(address));
        } catch (ConnectException e) {
            return null;
        } catch (SocketException e) {
            throw new IOException(address + " cannot be opened: " + e.getMessage(), e);
        }
    }
}
