/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

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
        return new LaunchException(ExitStatus.USAGE, message, null);
    }

    /** Refused or failed. */
    public static LaunchException failed(String message) {
        return new LaunchException(ExitStatus.FAILED, message, null);
    }

    /** Refused or failed. */
    public static LaunchException failed(String message, Throwable cause) {
        return new LaunchException(ExitStatus.FAILED, message, cause);
    }

    public static LaunchException notRunning(Home home) {
        return new LaunchException(
                ExitStatus.NOT_RUNNING,
                "no platform runs on " + home.data() + "; start it with bin/passbridge start",
                null);
    }

    public int status() {
        return status;
    }
}
