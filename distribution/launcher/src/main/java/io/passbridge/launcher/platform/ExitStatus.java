/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

/** How a command went, as scripts read it. */
public final class ExitStatus {
    public static final int DONE = 0;
    public static final int USAGE = 1;

    /** Refused, or failed. */
    public static final int FAILED = 2;

    public static final int NOT_RUNNING = 4;

    private ExitStatus() {}
}
