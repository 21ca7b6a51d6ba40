/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

/** Some of what was asked for was done; the output before says what, the message what is left. */
public final class PartlyDone extends CommandFailure {
    private static final long serialVersionUID = 1L;

    public PartlyDone(String message) {
        super(message, null);
    }

    @Override
    public ExitStatus status() {
        return ExitStatus.PARTLY_DONE;
    }
}
