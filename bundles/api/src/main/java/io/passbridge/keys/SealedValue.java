/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import java.util.Arrays;

/**
 * A secret encrypted under a key of the key set and bound to its owner, in its binary form; the
 * format is {@code docs/formats/sealed-value.md}. Immutable. Not itself secret, but redacted in
 * text, since it does not belong in a log.
 */
public final class SealedValue {
    private final byte[] bytes;

    private SealedValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the given bytes; they are checked when the value is opened. */
    public static SealedValue of(byte[] bytes) {
        return new SealedValue(bytes.clone());
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedValue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SealedValue[" + bytes.length + " bytes]";
    }
}
