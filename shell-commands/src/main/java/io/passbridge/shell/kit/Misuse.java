/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

/**
 * The command line was not understood. Thrown with the fault alone; {@link Command} adds the usage
 * text and an example.
 */
public final class Misuse extends CommandFailure {
    private static final long serialVersionUID = 1L;

    public Misuse(String message) {
        super(message, null);
    }

    /** The same fault, followed by how to use the command. */
    Misuse with(Usage usage) {
        return new Misuse(getMessage() + System.lineSeparator() + usage.brief());
    }

    @Override
    public ExitStatus status() {
        return ExitStatus.USAGE;
    }
}
