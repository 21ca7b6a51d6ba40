/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.credential.Secret;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** The person at the interactive shell. */
final class TerminalDialogue implements Dialogue {
    private final Terminal terminal;

    TerminalDialogue(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean canAsk() {
        return !isDumb();
    }

    @Override
    public int width() {
        return isDumb() ? 0 : terminal.getWidth();
    }

    @Override
    public InputStream in() {
        return terminal.input();
    }

    @Override
    public PrintStream out() {
        return System.out;
    }

    @Override
    public PrintStream err() {
        return System.err;
    }

    @Override
    public String ask(String prompt) throws Refused {
        return read(prompt, null);
    }

    @Override
    public Secret askSecret(String prompt) throws Refused {
        char[] typed = read(prompt, '\0').toCharArray();
        try {
            return Secret.ofChars(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /** The console may be a terminal that JLine cannot control: it would echo a password. */
    private boolean isDumb() {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    private String read(String prompt, Character mask) throws Refused {
        if (isDumb()) {
            throw new Refused(
                    "this terminal ("
                            + terminal.getType()
                            + ") cannot hide what is typed;"
                            + " set TERM to the type of your terminal,"
                            + " or use the option that reads a file");
        }
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
            throw new Refused("broken off at '" + prompt.strip() + "'; nothing was changed");
        }
    }
}
