/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A parcel whose lines are opened in their order. Not thread-safe. */
public final class OpenedParcel {
    /** Opens the line that comes next, if it is that one. */
    @FunctionalInterface
    interface Lines {
        /** Empty if it was changed, or is not the next, or not the last as said. */
        Optional<byte[]> open(byte[] sealed, boolean last);
    }

    private final Lines lines;
    private boolean ended;

    OpenedParcel(Lines lines) {
        this.lines = lines;
    }

    /** Whether the last line was opened. */
    public boolean ended() {
        return ended;
    }

    /**
     * The text of the next line.
     *
     * @throws SealRefusedException if it is not the line that follows, or was changed, or the
     *     parcel is for another recipient or of another sender
     */
    public String next(String line) throws SealRefusedException {
        if (ended) {
            throw new SealRefusedException("there is something behind the last line");
        }
        byte[] sealed = base64(line);
        Optional<byte[]> text = lines.open(sealed, false);
        if (text.isEmpty()) {
            text = lines.open(sealed, true);
            ended = text.isPresent();
        }
        return new String(
                text.orElseThrow(
                        () ->
                                new SealRefusedException(
                                        "a line was changed, moved or left out, or the file is for"
                                                + " another recipient or by a sender that is not"
                                                + " paired")),
                StandardCharsets.UTF_8);
    }

    static byte[] base64(String text) throws SealRefusedException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SealRefusedException("a line is not base64");
        }
    }
}
