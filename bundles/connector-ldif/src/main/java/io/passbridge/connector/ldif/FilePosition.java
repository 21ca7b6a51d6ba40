/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How far a file has been dealt with: the watermark of this connector.
 *
 * @param state of the file when it was read
 * @param offset bytes that have been dealt with
 * @param line lines in them
 * @param fingerprint of those bytes, under a key that never leaves the data folder
 */
record FilePosition(FileState state, long offset, long line, String fingerprint) {
    private static final String FORMAT = "ldif1";

    Watermark toWatermark() {
        String text =
                String.join(
                        "|",
                        FORMAT,
                        Long.toString(state.size()),
                        Long.toString(state.modifiedMicros()),
                        Long.toString(offset),
                        Long.toString(line),
                        fingerprint,
                        state.identity());
        return Watermark.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws ConnectorException of kind {@code WATERMARK_EXPIRED} if the watermark was not made
     *     here
     */
    static FilePosition of(Watermark watermark) throws ConnectorException {
        String[] parts = new String(watermark.toBytes(), StandardCharsets.UTF_8).split("\\|", 7);
        try {
            if (parts.length == 7 && parts[0].equals(FORMAT)) {
                HexFormat.of().parseHex(parts[5]);
                FilePosition position =
                        new FilePosition(
                                new FileState(
                                        parts[6],
                                        Long.parseLong(parts[1]),
                                        Long.parseLong(parts[2])),
                                Long.parseLong(parts[3]),
                                Long.parseLong(parts[4]),
                                parts[5]);
                if (position.offset >= 0 && position.line >= 0) {
                    return position;
                }
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw new ConnectorException(
                Kind.WATERMARK_EXPIRED,
                "the watermark is not one of an LDIF connector, version 1; read the file in full");
    }
}
