/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import io.passbridge.shell.channel.Frame;
import io.passbridge.shell.channel.FrameChannel;
import io.passbridge.shell.channel.Request;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Dialogue;
import io.passbridge.shell.kit.ExitStatus;
import io.passbridge.shell.kit.UnknownCommand;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;

/**
 * One connection: a client's requests, one after the other, each with its output and its exit
 * status; they share a session of the shell. A second thread reads what the client sends meanwhile,
 * so that a client that interrupts or goes away ends the command.
 */
final class ExecConnection implements AutoCloseable {
    private static final long UNASKED_SECONDS = 10;

    /** Stands for a client that is gone. */
    private static final Frame END = Frame.of(Frame.Type.EXIT);

    private final FrameChannel channel;
    private final CommandProcessor processor;
    private final Runnable stop;
    private final BlockingQueue<Frame> requests = new LinkedBlockingQueue<>();
    private final SynchronousQueue<Frame> answers = new SynchronousQueue<>();
    private final Interrupts interrupts = new Interrupts();
    private final ExecDialogue dialogue;
    private volatile CommandSession session;
    private volatile boolean gone;

    ExecConnection(ByteChannel channel, CommandProcessor processor, Runnable stop) {
        this.channel = new FrameChannel(channel);
        this.processor = processor;
        this.stop = stop;
        this.dialogue = new ExecDialogue(this.channel, this::answer, interrupts);
    }

    /** Serves requests until the client goes away. */
    void serve() throws IOException, InterruptedException {
        try (CommandSession opened =
                processor.createSession(
                        dialogue.in(), dialogue.out(), PipeWords.before(dialogue.err()))) {
            session = opened;
            opened.put(Dialogue.VARIABLE, dialogue);
            opened.put("SCOPE", "passbridge:gogo:*");
            // without a folder of its own, a session takes '*' and '?' for nothing but themselves
            opened.currentDir(null);
            Thread listener = new Thread(this::listen, "passbridge-exec-input");
            listener.setDaemon(true);
            listener.start();
            for (Frame next = requests.take(); next != END; next = requests.take()) {
                if (next.type() == Frame.Type.STOP) {
                    exit(ExitStatus.DONE);
                    stop.run();
                    return;
                }
                Request request = Request.from(next);
                dialogue.serve(request);
                ExitStatus status = run(request);
                interrupts.served();
                exit(status);
            }
        }
    }

    private ExitStatus run(Request request) {
        try {
            Object result = session.execute(request.command());
            if (result != null) {
                dialogue.out().println(session.format(result, Converter.INSPECT));
            }
            return ExitStatus.DONE;
        } catch (Exception e) {
            dialogue.err().println(dialogue.fold(message(e)));
            return ExitStatus.of(e);
        }
    }

    private static String message(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return known.getMessage();
        }
        if (failure.getClass().getSimpleName().equals("CommandNotFoundException")) {
            String message = String.valueOf(failure.getMessage());
            return UnknownCommand.text(message.substring(message.lastIndexOf(": ") + 1).strip());
        }
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            return "interrupted";
        }
        return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    }

    private void exit(ExitStatus status) throws IOException {
        channel.send(new Frame(Frame.Type.EXIT, new byte[] {(byte) status.code()}));
    }

    /** Asks the client and waits for its answer; empty if it has none or is gone. */
    private Optional<Frame> answer(Frame question) throws IOException, InterruptedException {
        if (gone) {
            return Optional.empty();
        }
        interrupts.write(() -> channel.send(question));
        Frame answer = answers.take();
        return answer.type() == Frame.Type.INPUT ? Optional.of(answer) : Optional.empty();
    }

    private void listen() {
        try {
            for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
                switch (frame.type()) {
                    case RUN -> {
                        interrupts.expect();
                        requests.add(frame);
                    }
                    case STOP -> requests.add(frame);
                    case INTERRUPT -> interrupt();
                    case INPUT, NO_INPUT -> answers.offer(frame, UNASKED_SECONDS, TimeUnit.SECONDS);
                    default -> throw new IOException("expected a request, not " + frame);
                }
            }
        } catch (IOException e) {
            // the client went away, or the connection was closed because the command ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gone = true;
        interrupt();
        endGogo();
        requests.add(END);
    }

    /**
     * Commands of Passbridge end by themselves, at the latest when they begin. A line of Gogo's own
     * words is ended when somebody insists: Gogo loses a job that is interrupted before it has
     * begun, and would wait for it for ever.
     */
    private void interrupt() {
        if (interrupts.interrupt() == Interrupts.Met.REQUEST_AGAIN) {
            interruptGogo();
        }
    }

    private void interruptGogo() {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    /** Nobody insists any more: what has not ended by itself in good time. */
    private void endGogo() {
        try {
            if (!interrupts.awaitServed(UNASKED_SECONDS)) {
                interruptGogo();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
