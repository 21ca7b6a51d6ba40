/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

import java.util.Arrays;

/** HMAC-MD5 (RFC 2104) under one key. Not thread-safe; {@link #close} wipes the key. */
public final class HmacMd5 implements AutoCloseable {
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final Md5 hash = new Md5();
    private final byte[] innerPad = new byte[BlockHash.BLOCK];
    private final byte[] outerPad = new byte[BlockHash.BLOCK];
    private final byte[] inner = new byte[BlockHash.DIGEST];

    HmacMd5(byte[] key) {
        byte[] padded = new byte[BlockHash.BLOCK];
        if (key.length > BlockHash.BLOCK) {
            hash.update(key, 0, key.length);
            hash.digest(padded, 0);
        } else {
            System.arraycopy(key, 0, padded, 0, key.length);
        }
        for (int i = 0; i < BlockHash.BLOCK; i++) {
            innerPad[i] = (byte) (padded[i] ^ INNER);
            outerPad[i] = (byte) (padded[i] ^ OUTER);
        }
        Arrays.fill(padded, (byte) 0);
        hash.update(innerPad, 0, innerPad.length);
    }

    public HmacMd5 update(byte[] data, int offset, int length) {
        hash.update(data, offset, length);
        return this;
    }

    public HmacMd5 update(byte[] data) {
        return update(data, 0, data.length);
    }

    /** Writes the 16-byte code and is ready for the next message. */
    public void doFinal(byte[] out, int offset) {
        hash.digest(inner, 0);
        hash.update(outerPad, 0, outerPad.length);
        hash.update(inner, 0, inner.length);
        hash.digest(out, offset);
        hash.update(innerPad, 0, innerPad.length);
    }

    /** The 16-byte code of all that was given since the last one. */
    public byte[] doFinal() {
        byte[] out = new byte[BlockHash.DIGEST];
        doFinal(out, 0);
        return out;
    }

    @Override
    public void close() {
        hash.wipe();
        Arrays.fill(innerPad, (byte) 0);
        Arrays.fill(outerPad, (byte) 0);
        Arrays.fill(inner, (byte) 0);
    }
}
