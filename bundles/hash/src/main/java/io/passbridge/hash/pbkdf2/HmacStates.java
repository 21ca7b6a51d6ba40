/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) with the states after the inner and the outer key block kept, so that each
 * message costs two compressions instead of four. One thread at a time.
 */
final class HmacStates implements AutoCloseable {
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    HmacStates(HmacHash hash, byte[] key) {
        this.inner = newDigest(hash);
        this.outer = newDigest(hash);
        byte[] block = new byte[hash.blockLength()];
        byte[] padded = new byte[hash.blockLength()];
        try {
            if (key.length > block.length) {
                byte[] shortened = newDigest(hash).digest(key);
                System.arraycopy(shortened, 0, block, 0, shortened.length);
                Arrays.fill(shortened, (byte) 0);
            } else {
                System.arraycopy(key, 0, block, 0, key.length);
            }
            absorb(inner, block, padded, INNER);
            absorb(outer, block, padded, OUTER);
        } finally {
            Arrays.fill(block, (byte) 0);
            Arrays.fill(padded, (byte) 0);
        }
    }

    private static void absorb(MessageDigest digest, byte[] block, byte[] padded, byte pad) {
        for (int i = 0; i < block.length; i++) {
            padded[i] = (byte) (block[i] ^ pad);
        }
        digest.update(padded);
    }

    /** Writes the MAC of a message into {@code result}, which may be the message itself. */
    void mac(byte[] message, byte[] result) {
        try {
            // the JDK's digests reset, and so wipe, themselves in digest()
            MessageDigest in = (MessageDigest) inner.clone();
            in.update(message);
            in.digest(result, 0, result.length);
            MessageDigest out = (MessageDigest) outer.clone();
            out.update(result);
            out.digest(result, 0, result.length);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException(inner.getAlgorithm() + " cannot be computed here", e);
        }
    }

    private static MessageDigest newDigest(HmacHash hash) {
        try {
            return MessageDigest.getInstance(hash.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + hash.jcaName(), e);
        }
    }

    @Override
    public void close() {
        inner.reset();
        outer.reset();
    }
}
