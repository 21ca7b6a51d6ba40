/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

/** What is at the bottom of a failure. */
public final class Reason {
    private Reason() {}

    /** The innermost reason, on one line. */
    public static String of(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage();
        if (text == null || text.isBlank()) {
            text = innermost.getClass().getSimpleName();
        }
        return explained(text.replaceAll("\\s+", " ").strip());
    }

    /** What the driver says of several hosts is not what an administrator has to look for. */
    public static String explained(String text) {
        return text.contains("targetServerType")
                ? text + " (each of the hosts is away, a standby, or read-only)"
                : text;
    }
}
