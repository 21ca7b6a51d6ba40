/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

/**
 * The PBKDF2 password of an NT hash: the UTF-16LE form of its upper-case hexadecimal digits, 64
 * bytes. Lower-case digits give another digest, which no other implementation accepts.
 */
final class NtKey {
    private static final byte[] DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    private NtKey() {}

    /** 64 bytes, which the caller must wipe. */
    static byte[] of(byte[] ntHash) {
        byte[] key = new byte[ntHash.length * 4];
        for (int i = 0; i < ntHash.length; i++) {
            key[4 * i] = DIGITS[(ntHash[i] & 0xF0) >>> 4];
            key[4 * i + 2] = DIGITS[ntHash[i] & 0x0F];
        }
        return key;
    }
}
