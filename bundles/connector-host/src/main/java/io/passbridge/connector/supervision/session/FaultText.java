/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.credential.Redaction;

/**
 * Turns throwables into text, so that no class of a plug-in is kept, and takes out of the messages
 * what looks like a hash.
 */
final class FaultText {
    private static final int DEPTH = 8;
    private static final int FRAMES = 12;
    private static final int LENGTH = 1_500;

    private FaultText() {}

    /** A throwable and its causes on one line. */
    static String chain(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < DEPTH; depth++) {
            text.append(depth == 0 ? "" : "; caused by ").append(one(current));
            current = current.getCause() == current ? null : current.getCause();
        }
        return cut(text.toString());
    }

    /**
     * The message of an exception that was meant for people, with its causes unless it has them.
     */
    static String withCauses(Throwable thrown) {
        String message = Redaction.of(String.valueOf(safeMessage(thrown)));
        Throwable cause = thrown.getCause();
        if (cause == null) {
            return cut(message);
        }
        String reason = safeMessage(cause);
        return reason != null && message.contains(Redaction.of(reason))
                ? cut(message)
                : cut(message + " (" + chain(cause) + ")");
    }

    private static String one(Throwable thrown) {
        String message = safeMessage(thrown);
        String name = thrown.getClass().getName();
        return message == null ? name : name + ": " + Redaction.of(message);
    }

    private static String safeMessage(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException e) {
            return "(its message cannot be read)";
        }
    }

    /** The innermost frames of the first cause, one a line. */
    static String frames(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < DEPTH; depth++) {
            root = root.getCause();
        }
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = root.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text.toString();
    }

    private static String cut(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "...";
    }
}
