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
        return text.replaceAll("\\s+", " ").strip();
    }
}
