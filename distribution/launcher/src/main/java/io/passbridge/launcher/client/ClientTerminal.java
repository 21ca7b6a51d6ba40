/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import io.passbridge.shell.channel.Frame;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * The terminal of this process. The console is null unless both standard input and output are a
 * terminal ({@code jdk.console=java.base} keeps that so on newer Java).
 *
 * @param console to ask with, or null
 * @param width columns, 0 if standard output is no terminal
 * @param out where the output of the command goes
 * @param err where its remarks go
 */
record ClientTerminal(Console console, int width, PrintStream out, PrintStream err)
        implements Screen {
    private static final int CHUNK = 8192;
    private static final int USUAL_WIDTH = 80;

    static ClientTerminal ofThisProcess() {
        Console console = System.console();
        int width = Integer.getInteger("passbridge.columns", 0);
        return new ClientTerminal(
                console,
                console != null && width <= 0 ? USUAL_WIDTH : Math.max(0, width),
                System.out,
                System.err);
    }

    /** The same without the output of the command: its remarks and its progress only. */
    ClientTerminal withoutOutput() {
        return new ClientTerminal(
                console, width, new PrintStream(OutputStream.nullOutputStream()), err);
    }

    /** Nobody, with a memory. */
    static ClientTerminal recording(OutputStream output) {
        return new ClientTerminal(
                null, 0, new PrintStream(output), new PrintStream(OutputStream.nullOutputStream()));
    }

    @Override
    public boolean canAsk() {
        return console != null;
    }

    static void print(byte[] bytes, PrintStream stream) {
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }

    @Override
    public Frame readInput() throws IOException {
        byte[] chunk = new byte[CHUNK];
        int length = System.in.read(chunk);
        byte[] payload = Arrays.copyOf(chunk, Math.max(0, length));
        Arrays.fill(chunk, (byte) 0);
        return new Frame(Frame.Type.INPUT, payload);
    }

    @Override
    public Frame ask(String prompt) {
        String line = console == null ? null : console.readLine("%s", prompt);
        return line == null ? Frame.of(Frame.Type.NO_INPUT) : Frame.of(Frame.Type.INPUT, line);
    }

    @Override
    public Frame askSecret(String prompt) {
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            return Frame.of(Frame.Type.NO_INPUT);
        }
        return Screen.secret(typed);
    }
}
