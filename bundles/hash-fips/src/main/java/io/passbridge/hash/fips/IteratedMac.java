/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import io.passbridge.crypto.CryptographicModule.VerifierInput;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 (RFC 8018, section 5.2) over a MAC of the module, for verifiers whose salt or count is
 * below what the module's own service takes: {@code pph1}, and stored values of others. The policy
 * is asked before ({@code docs/decisions/0231}).
 */
final class IteratedMac {
    private final Mac mac;
    private final byte[] salt;

    IteratedMac(Mac mac, VerifierInput input) {
        this.mac = mac;
        this.salt = input.salt();
        try {
            mac.init(new SecretKeySpec(input.password(), mac.getAlgorithm()));
        } catch (InvalidKeyException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the validated module wants a password of 14 bytes at least", e);
        }
    }

    byte[] run(int iterations, int length) {
        byte[] result = new byte[length];
        byte[] first = Arrays.copyOf(salt, salt.length + 4);
        byte[] u = new byte[mac.getMacLength()];
        byte[] t = new byte[u.length];
        try {
            for (int block = 1, at = 0; at < length; block++, at += t.length) {
                for (int i = 0; i < 4; i++) {
                    first[salt.length + i] = (byte) (block >>> 24 - 8 * i);
                }
                next(first, u);
                System.arraycopy(u, 0, t, 0, t.length);
                for (int i = 1; i < iterations; i++) {
                    next(u, u);
                    for (int k = 0; k < t.length; k++) {
                        t[k] ^= u[k];
                    }
                }
                System.arraycopy(t, 0, result, at, Math.min(t.length, length - at));
            }
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module gives no MAC", e);
        } finally {
            Arrays.fill(u, (byte) 0);
            Arrays.fill(t, (byte) 0);
        }
    }

    private void next(byte[] message, byte[] result) throws GeneralSecurityException {
        mac.update(message);
        mac.doFinal(result, 0);
    }
}
