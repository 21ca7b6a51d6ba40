/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import io.passbridge.crypto.CryptographicModule;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM that commits to its key.
 *
 * <p>GCM alone lets somebody who chooses keys build one ciphertext that opens under two of them.
 * Here HKDF-Expand (RFC 5869, HMAC-SHA-256) makes two values out of the key and a context that
 * holds a fresh salt: a key that is used for this one message, and a commitment that is stored and
 * compared before anything is decrypted. A key per message also takes away the limit of 2^32
 * messages a key that NIST SP 800-38D, section 8.3, sets for random nonces.
 */
public final class CommittingCipher implements AutoCloseable {
    /** Length of keys, in bytes. */
    public static final int KEY = 32;

    /** Length of the commitment, in bytes. */
    public static final int COMMITMENT = 32;

    /** Length of the nonce, in bytes. */
    public static final int NONCE = 12;

    /** Length of the authentication tag, in bytes. */
    public static final int TAG = 16;

    private final CryptographicModule module;
    private final byte[] messageKey;
    private final byte[] commitment;

    private CommittingCipher(CryptographicModule module, byte[] messageKey, byte[] commitment) {
        this.module = module;
        this.messageKey = messageKey;
        this.commitment = commitment;
    }

    /**
     * Derives message key and commitment.
     *
     * @param module that computes
     * @param key 32 uniformly random bytes; HKDF-Extract is left out, as RFC 5869 section 3.3
     *     allows for such keys
     * @param context what the key is used for, with a fresh salt
     */
    public static CommittingCipher of(CryptographicModule module, byte[] key, byte[] context) {
        try {
            Mac mac = module.mac("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(context);
            byte[] first = mac.doFinal(new byte[] {1});
            mac.update(first);
            mac.update(context);
            byte[] second = mac.doFinal(new byte[] {2});
            return new CommittingCipher(module, first, second);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module does no HMAC-SHA-256", e);
        }
    }

    /** A copy of the commitment, 32 bytes. */
    public byte[] commitment() {
        return commitment.clone();
    }

    /** Whether the given bytes are the commitment, in constant time. */
    public boolean commitsTo(byte[] claimed) {
        return MessageDigest.isEqual(commitment, claimed);
    }

    /** Encrypts and appends the tag. */
    public byte[] encrypt(byte[] nonce, byte[] plaintext, byte[]... associated) {
        try {
            return gcm(module, Cipher.ENCRYPT_MODE, messageKey, nonce, plaintext, associated);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module does no AES-256-GCM", e);
        }
    }

    /**
     * Decrypts. The caller wipes the result.
     *
     * @throws AEADBadTagException if ciphertext, nonce or associated data are not what was
     *     encrypted
     */
    public byte[] decrypt(byte[] nonce, byte[] ciphertext, byte[]... associated)
            throws AEADBadTagException {
        try {
            return gcm(module, Cipher.DECRYPT_MODE, messageKey, nonce, ciphertext, associated);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module does no AES-256-GCM", e);
        }
    }

    /** AES-256-GCM, with the tag at the end. */
    static byte[] gcm(
            CryptographicModule module,
            int mode,
            byte[] key,
            byte[] nonce,
            byte[] input,
            byte[]... associated)
            throws GeneralSecurityException {
        Cipher cipher = module.cipher("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, nonce));
        for (byte[] part : associated) {
            cipher.updateAAD(part);
        }
        return cipher.doFinal(input);
    }

    /** Wipes the derived key. */
    @Override
    public void close() {
        Arrays.fill(messageKey, (byte) 0);
    }
}
