/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import io.passbridge.shell.channel.Frame;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** This end of the socket: where output goes, and who answers questions, if anybody does. */
interface Screen {
    /** Columns, 0 if the output does not go to a terminal. */
    int width();

    /** Whether somebody can be asked. */
    boolean canAsk();

    /** Where the output of the command goes. */
    PrintStream out();

    /** Where its remarks go. */
    PrintStream err();

    /** Standard input, a piece; empty at its end. */
    Frame readInput() throws IOException;

    /** Asks for a line. */
    Frame ask(String prompt);

    /** Asks for a secret, which is not shown. */
    Frame askSecret(String prompt);

    /** A typed secret as an answer; wipes what was typed. */
    static Frame secret(char[] typed) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        Arrays.fill(typed, '\0');
        byte[] payload = new byte[encoded.remaining()];
        encoded.get(payload);
        Arrays.fill(encoded.array(), (byte) 0);
        return new Frame(Frame.Type.INPUT, payload);
    }
}
