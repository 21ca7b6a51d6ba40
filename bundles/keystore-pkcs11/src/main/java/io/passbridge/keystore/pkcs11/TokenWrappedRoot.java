/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The root secret of a key set under a key of a token; {@code docs/formats/protector-pkcs11.md}.
 *
 * @param keyLabel label of the token's key
 * @param check AES of a constant under that key: tells another key from damaged bytes
 * @param nonce random
 * @param sealed the root secret, encrypted, with its tag
 */
record TokenWrappedRoot(String keyLabel, byte[] check, byte[] nonce, byte[] sealed) {
    private static final byte VERSION = 1;
    private static final int ROOT = 32;
    private static final int CHECK = 8;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final byte[] CONSTANT = "passbridge check".getBytes(StandardCharsets.US_ASCII);
    private static final String LABEL = "passbridge pkcs11 v1:";

    static TokenWrappedRoot wrap(
            Secret root,
            String keySetId,
            String keyLabel,
            Key key,
            Provider provider,
            SecureRandom random)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] check = check(key, provider);
        byte[] plain = root.toBytes();
        try {
            byte[] sealed =
                    gcm(Cipher.ENCRYPT_MODE, nonce, keySetId, keyLabel, check, key, provider)
                            .doFinal(plain);
            return new TokenWrappedRoot(keyLabel, check, nonce, sealed);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    Secret unwrap(String keySetId, Key key, Provider provider)
            throws GeneralSecurityException, KeyException {
        if (!MessageDigest.isEqual(check, check(key, provider))) {
            throw new KeyException(
                    Kind.WRONG_PASSWORD,
                    "the token's key '"
                            + keyLabel
                            + "' is not the one that protects key set "
                            + keySetId,
                    "put the right token in its place, or restore an export with keys:activate");
        }
        try {
            return Secret.owning(
                    gcm(Cipher.DECRYPT_MODE, nonce, keySetId, keyLabel, check, key, provider)
                            .doFinal(sealed));
        } catch (AEADBadTagException e) {
            throw damaged("it was changed, or copied from another key set", e);
        }
    }

    byte[] toBytes() {
        byte[] label = keyLabel.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + label.length + CHECK + NONCE + ROOT + TAG)
                .put(VERSION)
                .put((byte) label.length)
                .put(label)
                .put(check)
                .put(nonce)
                .put(sealed)
                .array();
    }

    static TokenWrappedRoot parse(byte[] bytes) throws KeyException {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte version = in.get();
            if (version != VERSION) {
                throw damaged("its format version is " + version, null);
            }
            String label = new String(take(in, in.get() & 0xff), StandardCharsets.UTF_8);
            TokenWrappedRoot wrapped =
                    new TokenWrappedRoot(
                            label, take(in, CHECK), take(in, NONCE), take(in, ROOT + TAG));
            if (in.hasRemaining() || !Arrays.equals(wrapped.toBytes(), bytes)) {
                throw damaged("it is not of the form that is written", null);
            }
            return wrapped;
        } catch (BufferUnderflowException e) {
            throw damaged("it ends too soon", e);
        }
    }

    private static Cipher gcm(
            int mode,
            byte[] nonce,
            String keySetId,
            String keyLabel,
            byte[] check,
            Key key,
            Provider provider)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        byte[] label = keyLabel.getBytes(StandardCharsets.UTF_8);
        byte[] id = (LABEL + keySetId).getBytes(StandardCharsets.US_ASCII);
        cipher.updateAAD(
                ByteBuffer.allocate(2 + label.length + CHECK + id.length)
                        .put(VERSION)
                        .put((byte) label.length)
                        .put(label)
                        .put(check)
                        .put(id)
                        .array());
        return cipher;
    }

    private static byte[] check(Key key, Provider provider) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return Arrays.copyOf(cipher.doFinal(CONSTANT), CHECK);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private static KeyException damaged(String how, Throwable cause) {
        return new KeyException(
                Kind.DAMAGED, "the PKCS #11 protection of the key set is damaged: " + how, cause);
    }
}
