/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import io.passbridge.credential.Secret;
import io.passbridge.shell.channel.Frame;
import io.passbridge.shell.channel.FrameChannel;
import io.passbridge.shell.channel.Request;
import io.passbridge.shell.kit.CommandThread;
import io.passbridge.shell.kit.Dialogue;
import io.passbridge.shell.kit.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The person or script at the other end of the socket. */
final class ExecDialogue implements Dialogue {
    private final Questions questions;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Interrupts interrupts;
    private volatile Request request;

    /** Puts a question to the client. */
    @FunctionalInterface
    interface Questions {
        Optional<Frame> put(Frame question) throws IOException, InterruptedException;
    }

    ExecDialogue(FrameChannel channel, Questions questions, Interrupts interrupts) {
        this.interrupts = interrupts;
        this.questions = questions;
        this.in = new FrameInput(questions);
        this.out = stream(channel, Frame.Type.OUT);
        this.err = stream(channel, Frame.Type.ERR);
    }

    /** From now on for this request: its screen and its person. */
    void serve(Request next) {
        request = next;
    }

    @Override
    public void begins(CommandThread command) {
        interrupts.begins(command);
    }

    @Override
    public void ended(CommandThread command) {
        interrupts.ended(command);
    }

    private static PrintStream stream(FrameChannel channel, Frame.Type type) {
        return new PrintStream(new FrameOutput(channel, type), true, StandardCharsets.UTF_8);
    }

    @Override
    public boolean canAsk() {
        return request.canAsk();
    }

    @Override
    public int width() {
        return request.width();
    }

    @Override
    public Path folder() {
        return Path.of(request.folder());
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public String ask(String prompt) throws Refused {
        return put(Frame.Type.ASK, prompt).text();
    }

    @Override
    public Secret askSecret(String prompt) throws Refused {
        return Secret.owning(put(Frame.Type.ASK_SECRET, prompt).payload());
    }

    private Frame put(Frame.Type type, String prompt) throws Refused {
        String question = prompt.strip();
        if (!canAsk()) {
            throw new Refused(
                    "nobody can be asked '"
                            + question
                            + "'; run the command in a terminal,"
                            + " or use its option that reads a file");
        }
        try {
            return questions
                    .put(Frame.of(type, prompt))
                    .orElseThrow(() -> brokenOff(question, null));
        } catch (IOException e) {
            throw brokenOff(question, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw brokenOff(question, e);
        }
    }

    private static Refused brokenOff(String question, Exception cause) {
        return new Refused("broken off at '" + question + "'; nothing was changed", cause);
    }
}
