/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.credential.Secret;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.felix.service.command.Process;

/** A dialogue whose streams are those of one command in a pipeline. */
record PipedDialogue(Dialogue person, Process process, PrintStream out, PrintStream err)
        implements Dialogue {
    private static final int STANDARD_OUTPUT = 1;

    static PipedDialogue of(Dialogue person, Process process, CommandThread command) {
        return new PipedDialogue(
                person, process, command.guard(process.out()), command.guard(process.err()));
    }

    @Override
    public boolean canAsk() {
        return person.canAsk();
    }

    @Override
    public int width() {
        return process.isTty(STANDARD_OUTPUT) ? person.width() : 0;
    }

    @Override
    public Path folder() {
        return person.folder();
    }

    @Override
    public InputStream in() {
        return process.in();
    }

    @Override
    public String ask(String prompt) throws Refused {
        return person.ask(prompt);
    }

    @Override
    public Secret askSecret(String prompt) throws Refused {
        return person.askSecret(prompt);
    }

    @Override
    public void begins(CommandThread command) {
        person.begins(command);
    }

    @Override
    public void ended(CommandThread command) {
        person.ended(command);
    }
}
