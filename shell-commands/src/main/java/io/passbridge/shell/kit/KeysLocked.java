/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

/** The platform runs, but nothing is synchronised, because its key set is locked. */
public final class KeysLocked extends CommandFailure {
    private static final long serialVersionUID = 1L;

    public KeysLocked(String message) {
        super(message, null);
    }

    @Override
    public ExitStatus status() {
        return ExitStatus.LOCKED;
    }
}
