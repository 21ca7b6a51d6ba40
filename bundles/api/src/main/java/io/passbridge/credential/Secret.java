/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * A secret byte sequence that is wiped when it is closed.
 *
 * <p>Thread-safe. Has no {@code equals}, no {@code hashCode} over its content, no serial form, and
 * its text form never shows content. A JVM cannot promise that no copy survives in memory; this
 * class promises that the platform keeps none on purpose.
 */
public final class Secret implements AutoCloseable {
    private byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes over the given array: the caller must not use it again.
     *
     * @param bytes the secret, not null, of any length
     */
    public static Secret owning(byte[] bytes) {
        return new Secret(Objects.requireNonNull(bytes, "bytes"));
    }

    /** Copies the given array; the caller stays responsible for wiping its own. */
    public static Secret copyOf(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /**
     * The UTF-8 form of the given characters; the caller stays responsible for wiping its own
     * array.
     */
    public static Secret ofChars(char[] chars) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        byte[] exact = new byte[encoded.remaining()];
        encoded.get(exact);
        Arrays.fill(encoded.array(), (byte) 0);
        return new Secret(exact);
    }

    /**
     * Lends the bytes to a function. They are the secret's own array: the function must not keep,
     * change or return it.
     *
     * @throws IllegalStateException if this secret is closed
     */
    public synchronized <T> T use(Function<byte[], T> function) {
        return function.apply(open());
    }

    /**
     * A copy of the bytes, which the caller must wipe.
     *
     * @throws IllegalStateException if this secret is closed
     */
    public synchronized byte[] toBytes() {
        return open().clone();
    }

    /**
     * The secret read as UTF-8, in an array that the caller must wipe.
     *
     * @throws IllegalStateException if this secret is closed
     */
    public synchronized char[] toChars() {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(open()));
        char[] exact = new char[decoded.remaining()];
        decoded.get(exact);
        Arrays.fill(decoded.array(), '\0');
        return exact;
    }

    /** An independent copy, to be closed on its own. */
    public synchronized Secret copy() {
        return copyOf(open());
    }

    /** Length in bytes. */
    public synchronized int length() {
        return open().length;
    }

    /** Compares in time that depends on the lengths only. */
    public boolean sameAs(Secret other) {
        byte[] theirs = other.toBytes();
        try {
            return use(ours -> MessageDigest.isEqual(ours, theirs));
        } finally {
            Arrays.fill(theirs, (byte) 0);
        }
    }

    private byte[] open() {
        if (bytes == null) {
            throw new IllegalStateException("the secret is closed");
        }
        return bytes;
    }

    /** Wipes the secret. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
            bytes = null;
        }
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
