/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ndr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes transfer syntax NDR, version 2.0, little-endian (C706 chapter 14), with the same alignment
 * as {@link NdrReader}. Not thread-safe.
 */
public final class NdrWriter {
    private static final int FIRST_REFERENT = 0x0002_0000;
    private static final int FIRST_SIZE = 512;

    private byte[] buffer = new byte[FIRST_SIZE];
    private int position;
    private int referent = FIRST_REFERENT;

    public NdrWriter align(int boundary) {
        int gap = -position & boundary - 1;
        room(gap);
        position += gap;
        return this;
    }

    public NdrWriter u8(int value) {
        room(1);
        buffer[position++] = (byte) value;
        return this;
    }

    public NdrWriter u16(int value) {
        align(Short.BYTES);
        return u8(value).u8(value >>> 8);
    }

    public NdrWriter i32(int value) {
        align(Integer.BYTES);
        return u8(value).u8(value >>> 8).u8(value >>> 16).u8(value >>> 24);
    }

    public NdrWriter i64(long value) {
        align(Long.BYTES);
        return i32((int) value).i32((int) (value >>> Integer.SIZE));
    }

    public NdrWriter uuid(UUID id) {
        long high = id.getMostSignificantBits();
        i32((int) (high >>> 32)).u16((int) (high >>> 16)).u16((int) high);
        for (int shift = 56; shift >= 0; shift -= 8) {
            u8((int) (id.getLeastSignificantBits() >>> shift));
        }
        return this;
    }

    /** A referent identifier that is new, or null. */
    public NdrWriter pointer(boolean present) {
        if (!present) {
            return i32(0);
        }
        i32(referent);
        referent += Integer.BYTES;
        return this;
    }

    public NdrWriter bytes(byte[] data) {
        room(data.length);
        System.arraycopy(data, 0, buffer, position, data.length);
        position += data.length;
        return this;
    }

    /** UTF-16LE without a terminator. */
    public NdrWriter utf16(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** A conformant varying string with terminator (C706 14.3.4.2). */
    public NdrWriter string(String text) {
        int units = text.length() + 1;
        return i32(units).i32(0).i32(units).utf16(text).u16(0);
    }

    public int length() {
        return position;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, position);
    }

    private void room(int length) {
        if (position + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, position + length));
        }
    }
}
