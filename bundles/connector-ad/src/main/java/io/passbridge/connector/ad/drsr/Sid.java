/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import java.util.Optional;

/**
 * A security identifier (MS-DTYP 2.4.2).
 *
 * @param text {@code S-1-5-21-...}
 * @param rid the last sub-authority, unsigned 32 bits
 */
public record Sid(String text, long rid) {
    /** The longest form that a DSNAME can hold: five sub-authorities. */
    static final int MAX_BYTES = 28;

    private static final int HEAD = 8;
    private static final int MAX_PARTS = (MAX_BYTES - HEAD) / Integer.BYTES;

    static Optional<Sid> read(byte[] b, int offset, int length) throws NdrException {
        if (length == 0) {
            return Optional.empty();
        }
        int parts = b[offset + 1] & 0xff;
        if (parts == 0 || parts > MAX_PARTS || length != HEAD + parts * Integer.BYTES) {
            throw new NdrException(
                    "a security identifier of " + parts + " parts in " + length + " bytes");
        }
        long authority = 0;
        for (int i = 2; i < HEAD; i++) {
            authority = authority << 8 | b[offset + i] & 0xff;
        }
        StringBuilder text =
                new StringBuilder("S-").append(b[offset] & 0xff).append('-').append(authority);
        long part = 0;
        for (int at = offset + HEAD; at < offset + length; at += Integer.BYTES) {
            part =
                    b[at] & 0xffL
                            | (b[at + 1] & 0xffL) << 8
                            | (b[at + 2] & 0xffL) << 16
                            | (b[at + 3] & 0xffL) << 24;
            text.append('-').append(part);
        }
        return Optional.of(new Sid(text.toString(), part));
    }
}
