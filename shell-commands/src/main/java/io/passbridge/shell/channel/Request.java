/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.channel;

import java.io.IOException;

/**
 * A command to run, and where its output goes.
 *
 * @param command a command line for the shell
 * @param folder the folder in which it was typed, absolute
 * @param width columns of the screen, 0 if the output does not go to one
 * @param canAsk whether somebody can be asked
 */
public record Request(String command, String folder, int width, boolean canAsk) {
    private static final String SEPARATOR = "\0";
    private static final int FIELDS = 4;

    /** As a frame. */
    public Frame toFrame() {
        return Frame.of(
                Frame.Type.RUN,
                String.join(
                        SEPARATOR,
                        folder,
                        Integer.toString(width),
                        Boolean.toString(canAsk),
                        command));
    }

    /**
     * From a frame.
     *
     * @throws IOException if it is no request
     */
    public static Request from(Frame frame) throws IOException {
        String[] fields = frame.text().split(SEPARATOR, FIELDS);
        try {
            return new Request(
                    fields[3],
                    fields[0],
                    Integer.parseInt(fields[1]),
                    Boolean.parseBoolean(fields[2]));
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("not a request of this version", e);
        }
    }
}
