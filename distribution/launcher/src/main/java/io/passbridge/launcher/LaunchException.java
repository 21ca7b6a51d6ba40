/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

/** The launcher cannot do what it was asked; the message names the thing and the remedy. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private LaunchException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The command line was not understood. */
    public static LaunchException usage(String message) {
        return new LaunchException(Main.USAGE, message, null);
    }

    /** Refused or failed. */
    public static LaunchException failed(String message) {
        return new LaunchException(Main.FAILED, message, null);
    }

    /** Refused or failed. */
    public static LaunchException failed(String message, Throwable cause) {
        return new LaunchException(Main.FAILED, message, cause);
    }

    static LaunchException notRunning(Home home) {
        return new LaunchException(
                Main.NOT_RUNNING,
                "no platform runs on " + home.data() + "; start it with bin/passbridge start",
                null);
    }

    int status() {
        return status;
    }
}
