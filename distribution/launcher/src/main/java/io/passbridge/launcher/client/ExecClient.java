/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import io.passbridge.launcher.platform.DataLock;
import io.passbridge.launcher.platform.ExitStatus;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import io.passbridge.launcher.platform.Platform;
import io.passbridge.shell.channel.Frame;
import io.passbridge.shell.channel.FrameChannel;
import io.passbridge.shell.channel.SocketPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code exec}: runs one command on the running platform, as if it were typed there. */
public final class ExecClient {
    private static final long LAST_WORDS_SECONDS = 2;

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
        return status == ExitStatus.DONE
                ? Optional.of(output.toString(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private int run(String command, Screen screen) throws IOException, LaunchException {
        try (Conversation conversation = converse()) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread interrupt =
                    new Thread(() -> interrupt(conversation, ended), "passbridge-exec-interrupt");
            Runtime.getRuntime().addShutdownHook(interrupt);
            try {
                return conversation.run(command, screen).orElseThrow(this::stopped);
            } finally {
                ended.countDown();
                removeHook(interrupt);
            }
        }
    }

    /** A connection for any number of commands. */
    Conversation converse() throws IOException, LaunchException {
        return new Conversation(open());
    }

    LaunchException stopped() {
        return LaunchException.failed(
                "the platform stopped before the command ended; what it did is in " + home.log());
    }

    /** Ends the command on the platform when this process is interrupted, and hears it out. */
    private static void interrupt(Conversation conversation, CountDownLatch ended) {
        conversation.interrupt();
        try {
            ended.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
    public boolean answers() throws IOException {
        try (FrameChannel channel = connect()) {
            return channel != null;
        }
    }

    /** Sends one message; false if no platform answers. */
    public boolean send(Frame frame) throws IOException {
        try (FrameChannel channel = connect()) {
            if (channel == null) {
                return false;
            }
            channel.send(frame);
            return channel.receive() != null;
        }
    }

    private FrameChannel open() throws IOException, LaunchException {
        FrameChannel channel;
        try {
            channel = connect();
        } catch (AccessDeniedException e) {
            // says whose platform it is
            DataLock.holder(home.data());
            throw e;
        }
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
