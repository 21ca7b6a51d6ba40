/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * The header of a sealed value, format version 1; {@code docs/formats/sealed-value.md}. It is
 * authenticated whole, but only when the value is opened: until then it says what a value claims.
 *
 * @param keySetId the key set
 * @param keyId the key within it
 * @param salt 16 random bytes from which, with the key, the message key is derived
 * @param nonce 12 random bytes
 * @param commitment 32 bytes
 */
public record SealedHeader(UUID keySetId, int keyId, byte[] salt, byte[] nonce, byte[] commitment) {
    static final int MAGIC = 0x50425356;
    static final byte VERSION = 1;

    /** AES-256-GCM with key commitment, the only suite so far. */
    static final byte SUITE = 1;

    static final int SALT = 16;

    /** Length of the part from which the message key is derived: all before the commitment. */
    static final int CONTEXT = 4 + 1 + 1 + 16 + 4 + SALT + CommittingCipher.NONCE;

    /** Length of the whole header. */
    static final int LENGTH = CONTEXT + CommittingCipher.COMMITMENT;

    /** The header up to the commitment. */
    static byte[] context(UUID keySetId, int keyId, byte[] salt, byte[] nonce) {
        return ByteBuffer.allocate(CONTEXT)
                .putInt(MAGIC)
                .put(VERSION)
                .put(SUITE)
                .putLong(keySetId.getMostSignificantBits())
                .putLong(keySetId.getLeastSignificantBits())
                .putInt(keyId)
                .put(salt)
                .put(nonce)
                .array();
    }

    /**
     * Reads the header of a sealed value.
     *
     * @throws KeyException with {@link Kind#REFUSED} if the bytes are no sealed value of a known
     *     format
     */
    public static SealedHeader of(byte[] value) throws KeyException {
        if (value.length < LENGTH + CommittingCipher.TAG) {
            throw new KeyException(
                    Kind.REFUSED,
                    "this is no sealed value: "
                            + value.length
                            + " bytes, the shortest has "
                            + (LENGTH + CommittingCipher.TAG));
        }
        ByteBuffer in = ByteBuffer.wrap(value);
        if (in.getInt() != MAGIC) {
            throw new KeyException(Kind.REFUSED, "this is no sealed value: it does not begin so");
        }
        byte version = in.get();
        byte suite = in.get();
        if (version != VERSION || suite != SUITE) {
            throw new KeyException(
                    Kind.REFUSED,
                    "a sealed value of format version "
                            + version
                            + " and suite "
                            + suite
                            + " is not known to this version of the platform");
        }
        UUID keySetId = new UUID(in.getLong(), in.getLong());
        int keyId = in.getInt();
        byte[] salt = take(in, SALT);
        byte[] nonce = take(in, CommittingCipher.NONCE);
        return new SealedHeader(
                keySetId, keyId, salt, nonce, take(in, CommittingCipher.COMMITMENT));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    @Override
    public String toString() {
        return "SealedHeader[key set " + keySetId + ", key " + keyId + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedHeader that
                && keySetId.equals(that.keySetId)
                && keyId == that.keyId
                && Arrays.equals(salt, that.salt)
                && Arrays.equals(nonce, that.nonce)
                && Arrays.equals(commitment, that.commitment);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(commitment);
    }
}
