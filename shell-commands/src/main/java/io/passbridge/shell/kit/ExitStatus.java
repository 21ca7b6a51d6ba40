/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.Set;

/** How a command ended, as scripts see it. */
public enum ExitStatus {
    /** Everything that was asked for was done. */
    DONE(0),
    /** The command was not understood; nothing was done. */
    USAGE(1),
    /** The command was refused or failed; nothing was done. */
    REFUSED(2),
    /** A part was done; the output says which. */
    PARTLY_DONE(3),
    /** There is no running platform to talk to. */
    NOT_RUNNING(4),
    /** The platform runs, but its key set is locked: no password is synchronised. */
    LOCKED(5);

    /** Of Gogo's runtime, which some containers (Karaf) keep to themselves: hence by name. */
    private static final Set<String> NOT_UNDERSTOOD =
            Set.of("CommandNotFoundException", "SyntaxError", "EOFError");

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The status of the process. */
    public int code() {
        return code;
    }

    /** The status that a failure stands for; anything unforeseen is a failed command. */
    public static ExitStatus of(Throwable failure) {
        if (failure instanceof CommandFailure known) {
            return known.status();
        }
        return NOT_UNDERSTOOD.contains(failure.getClass().getSimpleName()) ? USAGE : REFUSED;
    }
}
