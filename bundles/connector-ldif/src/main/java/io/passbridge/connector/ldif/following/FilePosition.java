/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.following.RecordMemory.Mark;
import io.passbridge.connector.ldif.record.FileState;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How far a file has been dealt with: the watermark of this connector.
 *
 * @param state of the file when it was read
 * @param offset bytes that have been dealt with
 * @param line lines in them
 * @param fingerprint of those bytes, under a key that never leaves the data folder
 * @param met what is remembered of the users in them
 * @param before what was remembered of the content that this one took the place of, until it has
 *     been read
 * @param settings under which it was read, see {@link FileAccess#reading}
 */
record FilePosition(
        FileState state,
        long offset,
        long line,
        String fingerprint,
        Mark met,
        Mark before,
        String settings) {
    private static final String FORMAT = "ldif2";

    /** In place of a time: no file has it. */
    private static final long UNPROVEN = Long.MIN_VALUE;

    /**
     * The same position, not knowing whether what lies before it is what was read: the file is
     * unlike this in any case, so it is looked at again.
     */
    FilePosition unproven() {
        return new FilePosition(
                new FileState(state.identity(), state.size(), UNPROVEN),
                offset,
                line,
                fingerprint,
                met,
                before,
                settings);
    }

    boolean isProven() {
        return state.modifiedMicros() != UNPROVEN;
    }

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
                        met.toString(),
                        before.toString(),
                        settings,
                        state.identity());
        return Watermark.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws ConnectorException of kind {@code WATERMARK_EXPIRED} if the watermark was not made
     *     here
     */
    static FilePosition of(Watermark watermark) throws ConnectorException {
        String[] parts = new String(watermark.toBytes(), StandardCharsets.UTF_8).split("\\|", 10);
        try {
            if (parts.length == 10 && parts[0].equals(FORMAT)) {
                HexFormat.of().parseHex(parts[5]);
                FilePosition position =
                        new FilePosition(
                                new FileState(
                                        parts[9],
                                        Long.parseLong(parts[1]),
                                        Long.parseLong(parts[2])),
                                Long.parseLong(parts[3]),
                                Long.parseLong(parts[4]),
                                parts[5],
                                Mark.parse(parts[6]),
                                Mark.parse(parts[7]),
                                parts[8]);
                if (position.offset >= 0 && position.line >= 0) {
                    return position;
                }
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw new ConnectorException(
                Kind.WATERMARK_EXPIRED,
                "the watermark is not one of an LDIF connector, version 2; read the file in full");
    }
}
