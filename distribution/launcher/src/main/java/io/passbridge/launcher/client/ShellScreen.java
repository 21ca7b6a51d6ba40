/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import io.passbridge.shell.channel.Frame;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * The terminal of the interactive shell. Everything is read by JLine, which reads ahead: the
 * virtual machine's own console would miss what it has taken.
 */
final class ShellScreen implements Screen {
    private static final int USUAL_WIDTH = 80;

    private final Terminal terminal;
    private final PrintStream out;

    ShellScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
    }

    @Override
    public int width() {
        return terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH;
    }

    @Override
    public boolean canAsk() {
        return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return out;
    }

    @Override
    public Frame readInput() {
        Frame line = ask("");
        return line.type() == Frame.Type.INPUT
                ? Frame.of(Frame.Type.INPUT, line.text() + System.lineSeparator())
                : Frame.of(Frame.Type.INPUT);
    }

    @Override
    public Frame ask(String prompt) {
        String line = read(prompt, null);
        return line == null ? Frame.of(Frame.Type.NO_INPUT) : Frame.of(Frame.Type.INPUT, line);
    }

    @Override
    public Frame askSecret(String prompt) {
        String line = read(prompt, '\0');
        return line == null ? Frame.of(Frame.Type.NO_INPUT) : Screen.secret(line.toCharArray());
    }

    private String read(String prompt, Character mask) {
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .variable(LineReader.DISABLE_HISTORY, true)
                        .variable(LineReader.DISABLE_COMPLETION, true)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
        try {
            return reader.readLine(prompt, mask);
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }
}
