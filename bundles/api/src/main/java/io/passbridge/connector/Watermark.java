/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import java.util.Arrays;
import java.util.Base64;

/**
 * A source's own position in its history of changes, opaque to everybody else. Holds nothing
 * secret. Immutable.
 */
public final class Watermark {
    /** The longest watermark, in bytes. */
    public static final int MAX_LENGTH = 65_536;

    /** Before the first change: reading from here is a full read. */
    public static final Watermark BEGINNING = new Watermark(new byte[0]);

    private final byte[] bytes;

    private Watermark(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the given bytes; an empty array is {@link #BEGINNING}. */
    public static Watermark of(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "watermark has " + bytes.length + " bytes; the limit is " + MAX_LENGTH);
        }
        return bytes.length == 0 ? BEGINNING : new Watermark(bytes.clone());
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    public boolean isBeginning() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Watermark that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return isBeginning()
                ? "beginning"
                : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
