/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

/**
 * A command did not end well. The message is what the person at the shell reads: it names the
 * thing, the value, the limit and the remedy. {@link #toString} is the message alone, because the
 * shell prints it.
 */
public abstract sealed class CommandFailure extends Exception
        permits Misuse, Refused, PartlyDone, KeysLocked {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the process ends with. */
    public abstract ExitStatus status();

    @Override
    public final String toString() {
        return getMessage();
    }
}
