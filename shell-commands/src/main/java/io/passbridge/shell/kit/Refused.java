/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

/** The command was refused or failed, and nothing was changed. */
public final class Refused extends CommandFailure {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
        super(message, null);
    }

    public Refused(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ExitStatus status() {
        return ExitStatus.REFUSED;
    }
}
