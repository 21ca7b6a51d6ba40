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
import java.io.PrintStream;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;

/**
 * One connection: a request, the command, its exit status. A second thread reads what the client
 * sends meanwhile, so that a client that interrupts or goes away ends the command.
 */
final class ExecConnection implements AutoCloseable {
    private static final long UNASKED_SECONDS = 10;

    private final FrameChannel channel;
    private final CommandProcessor processor;
    private final Runnable stop;
    private final SynchronousQueue<Frame> answers = new SynchronousQueue<>();
    private volatile CommandSession session;
    private volatile boolean gone;

    ExecConnection(ByteChannel channel, CommandProcessor processor, Runnable stop) {
        this.channel = new FrameChannel(channel);
        this.processor = processor;
        this.stop = stop;
    }

    void serve() throws IOException {
        Frame first = channel.receive();
        if (first == null) {
            return;
        }
        if (first.type() == Frame.Type.STOP) {
            exit(ExitStatus.DONE);
            stop.run();
            return;
        }
        if (first.type() != Frame.Type.RUN) {
            throw new IOException("expected a request, not " + first);
        }
        exit(run(Request.from(first)));
    }

    private ExitStatus run(Request request) throws IOException {
        ExecDialogue dialogue = new ExecDialogue(channel, request, this::answer);
        PrintStream err = dialogue.err();
        try (CommandSession opened = processor.createSession(dialogue.in(), dialogue.out(), err)) {
            session = opened;
            opened.put(Dialogue.VARIABLE, dialogue);
            opened.put("SCOPE", "passbridge:gogo:*");
            opened.currentDir(Path.of(request.folder()));
            Thread listener = new Thread(this::listen, "passbridge-exec-input");
            listener.setDaemon(true);
            listener.start();
            Object result = opened.execute(request.command());
            if (result != null) {
                dialogue.out().println(opened.format(result, Converter.INSPECT));
            }
            return ExitStatus.DONE;
        } catch (Exception e) {
            err.println(message(e));
            return ExitStatus.of(e);
        }
    }

    private static String message(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return known.getMessage();
        }
        if (failure instanceof CommandNotFoundException unknown) {
            return UnknownCommand.text(unknown.getCommand());
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
        channel.send(question);
        Frame answer = answers.take();
        return answer.type() == Frame.Type.INPUT ? Optional.of(answer) : Optional.empty();
    }

    private void listen() {
        try {
            for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
                if (frame.type() == Frame.Type.INTERRUPT) {
                    interrupt();
                } else {
                    answers.offer(frame, UNASKED_SECONDS, TimeUnit.SECONDS);
                }
            }
        } catch (IOException e) {
            // the client went away, or the connection was closed because the command ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gone = true;
        interrupt();
    }

    private void interrupt() {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
