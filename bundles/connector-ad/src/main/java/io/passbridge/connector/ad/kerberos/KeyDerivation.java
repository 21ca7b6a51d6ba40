/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.nio.ByteBuffer;

/** Derivation of keys from a protocol key (RFC 3961 section 5.1 and 5.3). */
final class KeyDerivation {
    /** Key for encryption. */
    static final int ENCRYPTION = 0xaa;

    /** Key for the integrity of encrypted data. */
    static final int INTEGRITY = 0x55;

    /** Key for checksums. */
    static final int CHECKSUM = 0x99;

    private KeyDerivation() {}

    /** DK(base, usage | kind), as long as the base key. */
    static byte[] derive(byte[] base, int usage, int kind) {
        return derive(base, ByteBuffer.allocate(5).putInt(usage).put((byte) kind).array());
    }

    static byte[] derive(byte[] base, byte[] constant) {
        AesCts cipher = new AesCts(base);
        ByteBuffer derived = ByteBuffer.allocate(base.length);
        byte[] block = nFold(constant, AesCts.BLOCK);
        while (derived.hasRemaining()) {
            block = cipher.encrypt(block);
            derived.put(block);
        }
        return derived.array();
    }

    /** Stretches or shrinks to a size with the ones'-complement sum of rotated copies. */
    static byte[] nFold(byte[] in, int size) {
        int total = size / gcd(in.length, size) * in.length;
        int[] sums = new int[size];
        for (int at = 0; at < total; at++) {
            int copy = at / in.length;
            sums[at % size] += rotatedOctet(in, 13 * copy, at % in.length);
        }
        int carry = 0;
        do {
            for (int i = size - 1; i >= 0; i--) {
                int sum = sums[i] + carry;
                sums[i] = sum & 0xff;
                carry = sum >>> 8;
            }
        } while (carry != 0);
        byte[] out = new byte[size];
        for (int i = 0; i < size; i++) {
            out[i] = (byte) sums[i];
        }
        return out;
    }

    /** One octet of the input after it was rotated right by a number of bits. */
    private static int rotatedOctet(byte[] in, int bits, int index) {
        int length = 8 * in.length;
        int octet = 0;
        for (int bit = 0; bit < 8; bit++) {
            int from = Math.floorMod(8 * index + bit - bits, length);
            octet = octet << 1 | in[from >> 3] >> 7 - (from & 7) & 1;
        }
        return octet;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
