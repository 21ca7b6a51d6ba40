/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ndr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Reads transfer syntax NDR, version 2.0, little-endian (C706 chapter 14). Values are aligned
 * relative to the beginning of the stub. Every count is checked against what is left before
 * anything is allocated. Not thread-safe.
 */
public final class NdrReader {
    private final byte[] buffer;
    private final int base;
    private final int end;
    private int position;

    /** Reads {@code length} bytes from {@code offset}; the array is shared, not copied. */
    public NdrReader(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.base = offset;
        this.end = offset + length;
        this.position = offset;
    }

    public NdrReader(byte[] buffer) {
        this(buffer, 0, buffer.length);
    }

    /** Skips to a multiple of {@code boundary}, a power of two (C706 14.2.2). */
    public void align(int boundary) throws NdrException {
        int gap = -(position - base) & boundary - 1;
        need(gap);
        position += gap;
    }

    public int u8() throws NdrException {
        need(1);
        return buffer[position++] & 0xff;
    }

    public int u16() throws NdrException {
        align(Short.BYTES);
        need(Short.BYTES);
        int value = buffer[position] & 0xff | (buffer[position + 1] & 0xff) << 8;
        position += Short.BYTES;
        return value;
    }

    public int i32() throws NdrException {
        align(Integer.BYTES);
        need(Integer.BYTES);
        int value = int32(position);
        position += Integer.BYTES;
        return value;
    }

    public long u32() throws NdrException {
        return Integer.toUnsignedLong(i32());
    }

    /** A 64-bit integer (hyper). */
    public long i64() throws NdrException {
        align(Long.BYTES);
        need(Long.BYTES);
        long value =
                Integer.toUnsignedLong(int32(position))
                        | (long) int32(position + 4) << Integer.SIZE;
        position += Long.BYTES;
        return value;
    }

    /** A 64-bit number that must not be negative, such as an update sequence number. */
    public long usn() throws NdrException {
        long value = i64();
        if (value < 0) {
            throw new NdrException("update number " + value + at() + " is negative");
        }
        return value;
    }

    /** A UUID (C706 appendix A), aligned to 4. */
    public UUID uuid() throws NdrException {
        long low = u32();
        long mid = u16();
        long high = u16();
        need(Long.BYTES);
        long tail = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            tail = tail << 8 | buffer[position++] & 0xff;
        }
        return new UUID(low << 32 | mid << 16 | high, tail);
    }

    /**
     * The referent identifier of a unique or full pointer: whether it points at something (C706
     * 14.3.10).
     */
    public boolean pointer() throws NdrException {
        return i32() != 0;
    }

    /**
     * A count of elements that follow somewhere in this stub.
     *
     * @param elementBytes the least number of bytes an element takes from here on, 0 if the
     *     elements follow later
     * @param limit the most that is accepted
     * @param what the counted thing, for the message
     */
    public int count(int elementBytes, int limit, String what) throws NdrException {
        long value = u32();
        long possible = elementBytes == 0 ? limit : Math.min(limit, remaining() / elementBytes);
        if (value > possible) {
            throw new NdrException(value + " " + what + at() + ": the limit is " + possible);
        }
        return (int) value;
    }

    /** A conformance count that must equal a count read before (C706 14.3.3.1). */
    public void sameCount(int expected, String what) throws NdrException {
        long value = u32();
        if (value != expected) {
            throw new NdrException(value + " " + what + at() + " contradict the count " + expected);
        }
    }

    /** The conformance count of a varying array, of which {@code least} elements are in use. */
    public void sameCountOrMore(int least, int limit, String what) throws NdrException {
        long value = u32();
        if (value < least || value > limit) {
            throw new NdrException(
                    value + " " + what + at() + ": " + least + " to " + limit + " are possible");
        }
    }

    /** Passes over bytes and gives their offset in {@link #buffer}. */
    public int skip(int length) throws NdrException {
        need(length);
        int start = position;
        position += length;
        return start;
    }

    /** A copy of the next bytes. */
    public byte[] bytes(int length) throws NdrException {
        int start = skip(length);
        return Arrays.copyOfRange(buffer, start, start + length);
    }

    /** UTF-16LE text of the given number of code units, without a terminator. */
    public String utf16(int units) throws NdrException {
        if (units < 0 || units > remaining() / 2) {
            throw new NdrException(units + " characters" + at() + " are more than what is left");
        }
        return new String(buffer, skip(2 * units), 2 * units, StandardCharsets.UTF_16LE);
    }

    /** A conformant varying string with terminator (C706 14.3.4.2). */
    public String string(int limit) throws NdrException {
        int max = count(0, limit, "string units");
        if (u32() != 0) {
            throw new NdrException("a string" + at() + " does not begin at its first character");
        }
        int actual = count(Character.BYTES, max, "string units");
        String text = utf16(actual);
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /** The 32-bit number at the very end of the stub: a call's return value. */
    public int lastInt() throws NdrException {
        if (end - base < Integer.BYTES) {
            throw new NdrException("a reply of " + (end - base) + " bytes has no return value");
        }
        return int32(end - Integer.BYTES);
    }

    private int int32(int i) {
        return buffer[i] & 0xff
                | (buffer[i + 1] & 0xff) << 8
                | (buffer[i + 2] & 0xff) << 16
                | buffer[i + 3] << 24;
    }

    private void need(int length) throws NdrException {
        if (length < 0 || length > end - position) {
            throw new NdrException(
                    "truncated: " + length + " bytes needed" + at() + ", " + remaining() + " left");
        }
    }

    private String at() {
        return " at offset " + (position - base);
    }
}
