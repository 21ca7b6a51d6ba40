/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

/**
 * Shamir's secret sharing over GF(2^8) with the polynomial of AES: every byte of the secret is the
 * constant term of a random polynomial, and share {@code i} holds its values at {@code i}. Fewer
 * shares than needed say nothing about the secret. Multiplication has no tables and no branches on
 * secret bits.
 */
final class SecretSharing {
    /** So many shares at most. */
    static final int MAX_SHARES = 32;

    private SecretSharing() {}

    /** The shares, of number 1 to {@code shares}, each as long as the secret. */
    static byte[][] split(byte[] secret, int needed, int shares, SecureRandom random) {
        if (needed < 2 || needed > shares || shares > MAX_SHARES) {
            throw new IllegalArgumentException(
                    needed + " of " + shares + " shares; at least 2, at most " + MAX_SHARES);
        }
        byte[][] values = new byte[shares][secret.length];
        byte[] coefficients = new byte[needed];
        for (int at = 0; at < secret.length; at++) {
            random.nextBytes(coefficients);
            coefficients[0] = secret[at];
            for (int share = 0; share < shares; share++) {
                values[share][at] = (byte) evaluate(coefficients, share + 1);
            }
        }
        Arrays.fill(coefficients, (byte) 0);
        return values;
    }

    private static int evaluate(byte[] coefficients, int x) {
        int value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = multiply(value, x) ^ coefficients[i] & 0xFF;
        }
        return value;
    }

    /** The secret out of shares by their number. Wrong shares give a wrong secret. */
    static byte[] combine(Map<Integer, byte[]> shares) {
        int length = shares.values().iterator().next().length;
        byte[] secret = new byte[length];
        for (Map.Entry<Integer, byte[]> share : shares.entrySet()) {
            int weight = 1;
            for (int other : shares.keySet()) {
                if (other != share.getKey()) {
                    weight = multiply(weight, multiply(other, invert(other ^ share.getKey())));
                }
            }
            for (int at = 0; at < length; at++) {
                secret[at] ^= (byte) multiply(share.getValue()[at] & 0xFF, weight);
            }
        }
        return secret;
    }

    /** The product in GF(2^8). */
    static int multiply(int a, int b) {
        int product = 0;
        int left = a;
        for (int bit = 0; bit < 8; bit++) {
            product ^= -(b >> bit & 1) & left;
            left = left << 1 ^ -(left >> 7 & 1) & 0x11B;
        }
        return product & 0xFF;
    }

    /** The inverse: the 254th power. */
    static int invert(int a) {
        int power = a;
        for (int i = 0; i < 6; i++) {
            power = multiply(multiply(power, power), a);
        }
        return multiply(power, power);
    }
}
