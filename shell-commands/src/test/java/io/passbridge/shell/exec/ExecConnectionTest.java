/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import io.passbridge.shell.channel.Frame;
import io.passbridge.shell.channel.FrameChannel;
import io.passbridge.shell.channel.Request;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Usage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExecConnectionTest {
    @TempDir private Path folder;

    private static final ThreadIOImpl THREAD_IO = new ThreadIOImpl();

    private final CommandProcessorImpl processor = new CommandProcessorImpl(THREAD_IO);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private FrameChannel client;
    private ExecConnection connection;

    /** What a command on the other side answered. */
    private record Answer(int status, String out, String err, String asked) {}

    private final class Play extends Command {
        Play() {
            super(
                    Usage.of("test:play", "do what the argument says")
                            .argument("WHAT", "what")
                            .option("--code-file", "FILE", "a file"));
        }

        @Override
        protected void run(Invocation call) throws Exception {
            switch (call.argument(0)) {
                case "ask" -> {
                    try (Secret code = call.secret("Code: ", "--code-file")) {
                        call.print("", "code of " + code.length() + " bytes");
                    }
                }
                case "where" -> call.print("", call.resolve("x").toString());
                case "part" -> throw new PartlyDone("a part is left");
                case "wait" -> {
                    waiting.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                }
                case "chatter" -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        call.print("", "and another thing");
                    }
                    call.print("", "to conclude");
                    throw new InterruptedException();
                }
                default -> call.print("", "played " + call.argument(0));
            }
        }
    }

    /** A command that is none of ours. */
    public final class Words {
        public void forever() throws InterruptedException {
            waiting.countDown();
            new CountDownLatch(1).await();
        }
    }

    @BeforeAll
    static void takeStreams() {
        THREAD_IO.start();
    }

    @AfterAll
    static void releaseStreams() {
        THREAD_IO.stop();
    }

    @BeforeEach
    void connect() throws IOException {
        processor.addCommand("test", new Play(), "play");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            client = new FrameChannel(SocketChannel.open(address));
            connection = new ExecConnection(server.accept(), processor, stopped::countDown);
        }
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try (ExecConnection served = connection) {
            served.serve();
        } catch (IOException | InterruptedException e) {
            // the client of the test went away
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        processor.stop();
    }

    @Test
    void output_andStatus_reachTheClient() throws IOException {
        assertThat(run("test:play Ärger", false))
                .isEqualTo(new Answer(0, "played Ärger" + System.lineSeparator(), "", ""));
    }

    @Test
    void failure_goesToStandardErrorWithItsStatus() throws IOException {
        assertThat(run("test:play part", false))
                .isEqualTo(new Answer(3, "", "a part is left" + System.lineSeparator(), ""));
    }

    @Test
    void unknownCommand_isNamed() throws IOException {
        Answer answer = run("test:plya x", false);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).startsWith("there is no command 'test:plya'");
    }

    @Test
    void secret_isAskedOverTheChannel() throws IOException {
        Answer answer = run("test:play ask", true);

        assertThat(answer.asked()).isEqualTo("ASK_SECRET Code: ");
        assertThat(answer.out()).startsWith("code of 6 bytes");
    }

    @Test
    void secret_withNobodyToAsk_isRefused() throws IOException {
        Answer answer = run("test:play ask", false);

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.asked()).isEmpty();
    }

    @Test
    void standardInput_isReadWhenTheCommandReads() throws IOException {
        Answer answer = run("test:play ask --code-file -", false);

        assertThat(answer.asked()).startsWith("READ ");
        assertThat(answer.out()).startsWith("code of 6 bytes");
    }

    @Test
    void relativePaths_areThoseOfTheClient() throws IOException {
        assertThat(run("test:play where", false).out()).startsWith(folder.resolve("x").toString());
    }

    @Test
    void clientThatGoesAway_endsTheCommand() throws Exception {
        client.send(new Request("test:play wait", folder.toString(), 0, false).toFrame());
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

        client.close();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interrupt_endsTheCommandWithTwo() throws Exception {
        client.send(new Request("test:play wait", folder.toString(), 0, false).toFrame());
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

        client.send(Frame.of(Frame.Type.INTERRUPT));

        assertThat(converse().status()).isEqualTo(2);
    }

    @Test
    @Timeout(60)
    void interruptBeforeTheCommandHasBegun_isMeantForIt() throws Exception {
        for (int i = 0; i < 200; i++) {
            client.send(new Request("test:play wait", folder.toString(), 0, false).toFrame());
            client.send(Frame.of(Frame.Type.INTERRUPT));

            assertThat(converse().status()).isEqualTo(2);
        }
    }

    @Test
    @Timeout(60)
    void secondInterrupt_endsALineOfGogosOwnWords() throws Exception {
        processor.addCommand("test", new Words(), "forever");
        client.send(new Request("test:forever", folder.toString(), 0, false).toFrame());
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

        client.send(Frame.of(Frame.Type.INTERRUPT));
        client.send(Frame.of(Frame.Type.INTERRUPT));

        assertThat(converse().err()).startsWith("interrupted");
    }

    @Test
    @Timeout(60)
    void interruptBetweenRequests_isMeantForNone() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(run("test:play on", false).status()).isZero();
            client.send(Frame.of(Frame.Type.INTERRUPT));
        }
    }

    @Test
    @Timeout(60)
    void interruptInMidOutput_losesNeitherOutputNorConnection() throws Exception {
        for (int i = 0; i < 50; i++) {
            client.send(new Request("test:play chatter", folder.toString(), 0, false).toFrame());
            assertThat(client.receive().text()).startsWith("and another thing");
            client.send(Frame.of(Frame.Type.INTERRUPT));

            Answer answer = converse();

            assertThat(answer.status()).isEqualTo(2);
            assertThat(answer.out()).endsWith("to conclude" + System.lineSeparator());
        }
    }

    @Test
    void nextRequest_isServedInTheSameSession() throws Exception {
        assertThat(run("word = again", false).status()).isZero();
        assertThat(run("test:play part", false).status()).isEqualTo(3);

        assertThat(run("test:play $word", false).out()).startsWith("played again");
    }

    @Test
    void starAndQuestionMark_standForThemselves() throws Exception {
        assertThat(run("test:play *", false).out()).startsWith("played *");
        assertThat(run("test:play /?", false).out()).startsWith("played /?");
    }

    @Test
    void failureInsideAPipe_isToldWithoutAClass() throws Exception {
        Answer answer = run("test:play part | test:play on", false);

        assertThat(answer.err()).isEqualTo("a part is left" + System.lineSeparator());
    }

    @Test
    void commandAfterAnInterruptedOne_isServed() throws Exception {
        interrupt_endsTheCommandWithTwo();

        assertThat(run("test:play on", false).status()).isZero();
    }

    @Test
    void stop_isAnsweredAndDone() throws Exception {
        client.send(Frame.of(Frame.Type.STOP));

        assertThat(converse().status()).isZero();
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private Answer run(String command, boolean canAsk) throws IOException {
        client.send(new Request(command, folder.toString(), 0, canAsk).toFrame());
        return converse();
    }

    /** Answers every question with the same word, and gives it as a line to read. */
    private Answer converse() throws IOException {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        String asked = "";
        while (true) {
            Frame frame = client.receive();
            switch (frame.type()) {
                case OUT -> out.append(frame.text());
                case ERR -> err.append(frame.text());
                case EXIT -> {
                    return new Answer(frame.payload()[0], out.toString(), err.toString(), asked);
                }
                default -> {
                    asked = frame.type() + " " + frame.text();
                    boolean line = frame.type() == Frame.Type.READ;
                    byte[] answer = (line ? "sesame\n" : "sesame").getBytes(StandardCharsets.UTF_8);
                    client.send(new Frame(Frame.Type.INPUT, answer));
                }
            }
        }
    }
}
