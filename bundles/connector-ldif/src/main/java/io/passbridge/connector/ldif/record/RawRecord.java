/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.util.Arrays;

/**
 * The logical lines of one record, in place in the scanner's buffer. Valid until the scanner goes
 * on.
 */
public final class RawRecord {
    private byte[] buffer = {};
    private int[] from = new int[64];
    private int[] to = new int[64];
    private long[] number = new long[64];
    private int count;

    void reset(byte[] newBuffer) {
        buffer = newBuffer;
        count = 0;
    }

    void addLine(int lineFrom, int lineTo, long lineNumber) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
            number = Arrays.copyOf(number, count * 2);
        }
        from[count] = lineFrom;
        to[count] = lineTo;
        number[count++] = lineNumber;
    }

    /** Joins a folded part, which stands further on in the buffer, to the last line. */
    void extendLast(int partFrom, int partTo) {
        int length = partTo - partFrom;
        System.arraycopy(buffer, partFrom, buffer, to[count - 1], length);
        to[count - 1] += length;
    }

    public int count() {
        return count;
    }

    byte[] buffer() {
        return buffer;
    }

    int from(int line) {
        return from[line];
    }

    int to(int line) {
        return to[line];
    }

    /** The number in the file of the line's first part. */
    long number(int line) {
        return number[line];
    }
}
