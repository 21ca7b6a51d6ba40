/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One message. The payload is the frame's own array: whoever takes a secret out of it wipes it.
 *
 * @param type what it means
 * @param payload its content
 */
public record Frame(Type type, byte[] payload) {
    /** What a frame means, and who sends it. */
    public enum Type {
        /** Client: run this command; a {@link Request}. */
        RUN,
        /** Client: stop the platform. */
        STOP,
        /** Client: interrupt the command. */
        INTERRUPT,
        /** Client: an answer to a question, or standard input; empty at its end. */
        INPUT,
        /** Client: a question cannot be answered. */
        NO_INPUT,
        /** Server: standard output. */
        OUT,
        /** Server: standard error. */
        ERR,
        /** Server: give me standard input. */
        READ,
        /** Server: ask for a line; the prompt. */
        ASK,
        /** Server: ask for a secret without showing it; the prompt. */
        ASK_SECRET,
        /** Server: the command ended; one byte, the exit status. The last frame. */
        EXIT
    }

    /** A frame of text. */
    public static Frame of(Type type, String text) {
        return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame without content. */
    public static Frame of(Type type) {
        return new Frame(type, new byte[0]);
    }

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Forgets the payload. */
    public void wipe() {
        Arrays.fill(payload, (byte) 0);
    }

    @Override
    public String toString() {
        return "Frame[" + type + ", " + payload.length + " bytes]";
    }
}
