/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.credential.Secret;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.jline.terminal.Terminal;

/**
 * The streams of a command, and the person behind them if there is one. Implementations exist for
 * the interactive shell, for a command that came over the socket, and for neither.
 */
public interface Dialogue {
    /** The session variable under which another channel than the console puts its dialogue. */
    String VARIABLE = ".passbridge.dialogue";

    /** Whether somebody can be asked. */
    boolean canAsk();

    /** Columns of the screen that the output goes to; 0 if it does not go to a screen. */
    int width();

    /** A text whose lines end between words where the screen ends. */
    default String fold(String text) {
        return Text.fold(text, width());
    }

    /** The folder in which the command was typed; null if that is the one of its session. */
    default Path folder() {
        return null;
    }

    /** What the command was given to read. */
    InputStream in();

    /** Results. */
    PrintStream out();

    /** Progress and remarks. */
    PrintStream err();

    /**
     * Asks for a line.
     *
     * @throws Refused if nobody can be asked or the question was broken off
     */
    String ask(String prompt) throws Refused;

    /**
     * Asks for a secret without showing it.
     *
     * @throws Refused if nobody can be asked, the terminal would show what is typed, or the
     *     question was broken off
     */
    Secret askSecret(String prompt) throws Refused;

    /** A thread begins to run a command for this dialogue: it is to be interrupted with it. */
    default void begins(CommandThread command) {}

    /** The thread has run the command: an interrupt would be for something else. */
    default void ended(CommandThread command) {}

    /** The dialogue of a session with a command that runs in a thread. */
    static Dialogue of(CommandSession session, CommandThread command) {
        Process process = Process.Utils.current();
        if (session.get(VARIABLE) instanceof Dialogue own) {
            return process == null ? own : PipedDialogue.of(own, process, command);
        }
        Dialogue dialogue =
                session.get(".terminal") instanceof Terminal terminal
                        ? new TerminalDialogue(terminal)
                        : new SilentDialogue(session.getKeyboard(), System.out, System.err);
        return process == null ? dialogue : PipedDialogue.of(dialogue, process, command);
    }
}
