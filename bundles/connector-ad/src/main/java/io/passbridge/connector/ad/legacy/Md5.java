/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

/** MD5 (RFC 1321). Keys the envelope of replicated secrets and NTLM's sealing and signing keys. */
final class Md5 extends BlockHash {
    // The steps are written out: this runs over every byte that NTLM seals, and loops with tables
    // take twice as long.
    @Override
    void compress(byte[] block, int offset) {
        int w0 = littleEndian(block, offset + 0);
        int w1 = littleEndian(block, offset + 4);
        int w2 = littleEndian(block, offset + 8);
        int w3 = littleEndian(block, offset + 12);
        int w4 = littleEndian(block, offset + 16);
        int w5 = littleEndian(block, offset + 20);
        int w6 = littleEndian(block, offset + 24);
        int w7 = littleEndian(block, offset + 28);
        int w8 = littleEndian(block, offset + 32);
        int w9 = littleEndian(block, offset + 36);
        int w10 = littleEndian(block, offset + 40);
        int w11 = littleEndian(block, offset + 44);
        int w12 = littleEndian(block, offset + 48);
        int w13 = littleEndian(block, offset + 52);
        int w14 = littleEndian(block, offset + 56);
        int w15 = littleEndian(block, offset + 60);
        int a = a0;
        int b = b0;
        int c = c0;
        int d = d0;
        a = f(a, b, c, d, w0, 7, 0xd76aa478);
        d = f(d, a, b, c, w1, 12, 0xe8c7b756);
        c = f(c, d, a, b, w2, 17, 0x242070db);
        b = f(b, c, d, a, w3, 22, 0xc1bdceee);
        a = f(a, b, c, d, w4, 7, 0xf57c0faf);
        d = f(d, a, b, c, w5, 12, 0x4787c62a);
        c = f(c, d, a, b, w6, 17, 0xa8304613);
        b = f(b, c, d, a, w7, 22, 0xfd469501);
        a = f(a, b, c, d, w8, 7, 0x698098d8);
        d = f(d, a, b, c, w9, 12, 0x8b44f7af);
        c = f(c, d, a, b, w10, 17, 0xffff5bb1);
        b = f(b, c, d, a, w11, 22, 0x895cd7be);
        a = f(a, b, c, d, w12, 7, 0x6b901122);
        d = f(d, a, b, c, w13, 12, 0xfd987193);
        c = f(c, d, a, b, w14, 17, 0xa679438e);
        b = f(b, c, d, a, w15, 22, 0x49b40821);
        a = g(a, b, c, d, w1, 5, 0xf61e2562);
        d = g(d, a, b, c, w6, 9, 0xc040b340);
        c = g(c, d, a, b, w11, 14, 0x265e5a51);
        b = g(b, c, d, a, w0, 20, 0xe9b6c7aa);
        a = g(a, b, c, d, w5, 5, 0xd62f105d);
        d = g(d, a, b, c, w10, 9, 0x02441453);
        c = g(c, d, a, b, w15, 14, 0xd8a1e681);
        b = g(b, c, d, a, w4, 20, 0xe7d3fbc8);
        a = g(a, b, c, d, w9, 5, 0x21e1cde6);
        d = g(d, a, b, c, w14, 9, 0xc33707d6);
        c = g(c, d, a, b, w3, 14, 0xf4d50d87);
        b = g(b, c, d, a, w8, 20, 0x455a14ed);
        a = g(a, b, c, d, w13, 5, 0xa9e3e905);
        d = g(d, a, b, c, w2, 9, 0xfcefa3f8);
        c = g(c, d, a, b, w7, 14, 0x676f02d9);
        b = g(b, c, d, a, w12, 20, 0x8d2a4c8a);
        a = h(a, b, c, d, w5, 4, 0xfffa3942);
        d = h(d, a, b, c, w8, 11, 0x8771f681);
        c = h(c, d, a, b, w11, 16, 0x6d9d6122);
        b = h(b, c, d, a, w14, 23, 0xfde5380c);
        a = h(a, b, c, d, w1, 4, 0xa4beea44);
        d = h(d, a, b, c, w4, 11, 0x4bdecfa9);
        c = h(c, d, a, b, w7, 16, 0xf6bb4b60);
        b = h(b, c, d, a, w10, 23, 0xbebfbc70);
        a = h(a, b, c, d, w13, 4, 0x289b7ec6);
        d = h(d, a, b, c, w0, 11, 0xeaa127fa);
        c = h(c, d, a, b, w3, 16, 0xd4ef3085);
        b = h(b, c, d, a, w6, 23, 0x04881d05);
        a = h(a, b, c, d, w9, 4, 0xd9d4d039);
        d = h(d, a, b, c, w12, 11, 0xe6db99e5);
        c = h(c, d, a, b, w15, 16, 0x1fa27cf8);
        b = h(b, c, d, a, w2, 23, 0xc4ac5665);
        a = i(a, b, c, d, w0, 6, 0xf4292244);
        d = i(d, a, b, c, w7, 10, 0x432aff97);
        c = i(c, d, a, b, w14, 15, 0xab9423a7);
        b = i(b, c, d, a, w5, 21, 0xfc93a039);
        a = i(a, b, c, d, w12, 6, 0x655b59c3);
        d = i(d, a, b, c, w3, 10, 0x8f0ccc92);
        c = i(c, d, a, b, w10, 15, 0xffeff47d);
        b = i(b, c, d, a, w1, 21, 0x85845dd1);
        a = i(a, b, c, d, w8, 6, 0x6fa87e4f);
        d = i(d, a, b, c, w15, 10, 0xfe2ce6e0);
        c = i(c, d, a, b, w6, 15, 0xa3014314);
        b = i(b, c, d, a, w13, 21, 0x4e0811a1);
        a = i(a, b, c, d, w4, 6, 0xf7537e82);
        d = i(d, a, b, c, w11, 10, 0xbd3af235);
        c = i(c, d, a, b, w2, 15, 0x2ad7d2bb);
        b = i(b, c, d, a, w9, 21, 0xeb86d391);
        a0 += a;
        b0 += b;
        c0 += c;
        d0 += d;
    }

    private static int f(int a, int b, int c, int d, int word, int shift, int constant) {
        return Integer.rotateLeft(a + (d ^ b & (c ^ d)) + word + constant, shift) + b;
    }

    private static int g(int a, int b, int c, int d, int word, int shift, int constant) {
        return Integer.rotateLeft(a + (c ^ d & (b ^ c)) + word + constant, shift) + b;
    }

    private static int h(int a, int b, int c, int d, int word, int shift, int constant) {
        return Integer.rotateLeft(a + (b ^ c ^ d) + word + constant, shift) + b;
    }

    private static int i(int a, int b, int c, int d, int word, int shift, int constant) {
        return Integer.rotateLeft(a + (c ^ (b | ~d)) + word + constant, shift) + b;
    }
}
