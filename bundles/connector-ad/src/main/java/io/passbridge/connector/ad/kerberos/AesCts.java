/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in CBC mode with ciphertext stealing and a zero initial vector (RFC 3962 section 5). The JCA
 * gives plain CBC, which every provider has. Not thread-safe.
 */
final class AesCts {
    static final int BLOCK = 16;

    private final Cipher encrypting;
    private final Cipher decrypting;

    AesCts(byte[] key) {
        try {
            SecretKeySpec spec = new SecretKeySpec(key, "AES");
            IvParameterSpec zero = new IvParameterSpec(new byte[BLOCK]);
            encrypting = Cipher.getInstance("AES/CBC/NoPadding");
            encrypting.init(Cipher.ENCRYPT_MODE, spec, zero);
            decrypting = Cipher.getInstance("AES/CBC/NoPadding");
            decrypting.init(Cipher.DECRYPT_MODE, spec, zero);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no AES in this Java runtime", e);
        }
    }

    /** Encrypts at least one block; one single block is plain CBC. */
    byte[] encrypt(byte[] plain) {
        int blocks = blocks(plain.length);
        byte[] out = run(encrypting, Arrays.copyOf(plain, blocks * BLOCK));
        swapLast(out, blocks);
        return Arrays.copyOf(out, plain.length);
    }

    /** Decrypts at least one block. The given array is changed. */
    byte[] decrypt(byte[] cipher) {
        int blocks = blocks(cipher.length);
        if (blocks == 1) {
            return run(decrypting, cipher);
        }
        int last = cipher.length - (blocks - 1) * BLOCK;
        byte[] whole = cipher;
        if (last < BLOCK) {
            byte[] stolen =
                    run(
                            decrypting,
                            Arrays.copyOfRange(cipher, (blocks - 2) * BLOCK, (blocks - 1) * BLOCK));
            whole = Arrays.copyOf(cipher, blocks * BLOCK);
            System.arraycopy(stolen, last, whole, cipher.length, BLOCK - last);
        }
        swapLast(whole, blocks);
        byte[] plain = run(decrypting, whole);
        return plain.length == cipher.length ? plain : Arrays.copyOf(plain, cipher.length);
    }

    private static int blocks(int length) {
        if (length < BLOCK) {
            throw new IllegalArgumentException(
                    length + " bytes; at least one block of 16 is needed");
        }
        return (length + BLOCK - 1) / BLOCK;
    }

    private static void swapLast(byte[] data, int blocks) {
        if (blocks > 1) {
            int a = (blocks - 2) * BLOCK;
            for (int i = a; i < a + BLOCK; i++) {
                byte swap = data[i];
                data[i] = data[i + BLOCK];
                data[i + BLOCK] = swap;
            }
        }
    }

    private static byte[] run(Cipher cipher, byte[] data) {
        try {
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed on whole blocks", e);
        }
    }
}
