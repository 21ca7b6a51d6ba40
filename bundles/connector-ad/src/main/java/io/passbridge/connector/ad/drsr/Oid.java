/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import java.io.ByteArrayOutputStream;

/** Object identifiers in their basic encoding (X.690, 8.19), as prefix tables hold them. */
final class Oid {
    private static final int FIRST_ARC_STEP = 40;
    private static final int MAX_FIRST = 2;

    private Oid() {}

    static byte[] encode(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * FIRST_ARC_STEP + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 63 - Long.numberOfLeadingZeros(arc | 1); shift >= 0; shift--) {
                if (shift % 7 == 0) {
                    out.write((int) (arc >>> shift & 0x7f) | (shift == 0 ? 0 : 0x80));
                }
            }
        }
        return out.toByteArray();
    }

    /** The dotted form; of malformed bytes as far as they go. */
    static String decode(byte[] encoded) {
        StringBuilder dotted = new StringBuilder();
        long arc = 0;
        for (byte octet : encoded) {
            arc = arc << 7 | octet & 0x7f;
            if (octet >= 0) {
                if (dotted.length() == 0) {
                    long first = Math.min(arc / FIRST_ARC_STEP, MAX_FIRST);
                    dotted.append(first).append('.').append(arc - first * FIRST_ARC_STEP);
                } else {
                    dotted.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return dotted.toString();
    }
}
