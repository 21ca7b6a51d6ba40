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

    private final boolean complete;

    public Misuse(String message) {
        this(message, false);
    }

    private Misuse(String message, boolean complete) {
        super(message, null);
        this.complete = complete;
    }

    /** The same fault of a command whose usage text is not the one of the kit. */
    public Misuse with(String usage) {
        return new Misuse(getMessage() + System.lineSeparator() + usage, true);
    }

    /** The same fault, followed by how to use the command. */
    Misuse with(Usage usage) {
        return complete ? this : with(usage.brief());
    }

    @Override
    public ExitStatus status() {
        return ExitStatus.USAGE;
    }
}
