/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The root secret of a key set under a password; {@code docs/formats/key-set.md}, section
 * passphrase protector. The commitment tells a wrong password from a damaged file, and keeps
 * somebody from building bytes that open under many passwords.
 */
final class PassphraseWrappedRoot {
    private static final byte VERSION = 1;
    private static final int ROOT = 32;
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int COMMITMENT = 32;
    private static final int TAG = 16;
    private static final byte[] LABEL =
            "passbridge passphrase v1:".getBytes(StandardCharsets.US_ASCII);

    private PassphraseWrappedRoot() {}

    static byte[] wrap(
            Secret root,
            String keySetId,
            Secret password,
            PasswordDerivation derivation,
            Cryptography cryptography)
            throws KeyException {
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        cryptography.random().nextBytes(salt);
        cryptography.random().nextBytes(nonce);
        CryptographicModule module = cryptography.module();
        byte[] derived = derive(module, derivation, password, salt);
        byte[] plaintext = root.toBytes();
        try {
            ByteBuffer out = ByteBuffer.allocate(128);
            out.put(VERSION).put(derivation.code());
            derivation.describe(out);
            out.put(salt).put(nonce).put(derived, ROOT, COMMITMENT);
            byte[] header = Arrays.copyOf(out.array(), out.position());
            byte[] wrapped =
                    gcm(module, Cipher.ENCRYPT_MODE, derived, nonce, plaintext, header, keySetId);
            return ByteBuffer.allocate(header.length + wrapped.length)
                    .put(header)
                    .put(wrapped)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module does no AES-256-GCM", e);
        } finally {
            Arrays.fill(derived, (byte) 0);
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Whether it was protected by way of Argon2id. */
    static boolean isArgon2(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == VERSION && bytes[1] == Argon2idDerivation.CODE;
    }

    static Secret unwrap(byte[] bytes, String keySetId, Secret password, CryptographicModule module)
            throws KeyException {
        byte[] derived = null;
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            PasswordDerivation derivation = derivation(in);
            byte[] salt = take(in, SALT);
            byte[] nonce = take(in, NONCE);
            byte[] commitment = take(in, COMMITMENT);
            byte[] header = Arrays.copyOf(bytes, in.position());
            byte[] wrapped = take(in, ROOT + TAG);
            if (in.hasRemaining()) {
                throw damaged("it is too long", null);
            }
            derived = derive(module, derivation, password, salt);
            if (!MessageDigest.isEqual(
                    commitment, Arrays.copyOfRange(derived, ROOT, derived.length))) {
                throw new KeyException(
                        Kind.WRONG_PASSWORD,
                        "the service-account password does not open key set " + keySetId);
            }
            return Secret.owning(
                    gcm(module, Cipher.DECRYPT_MODE, derived, nonce, wrapped, header, keySetId));
        } catch (AEADBadTagException e) {
            throw damaged("it was changed, or copied from another key set", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module does no AES-256-GCM", e);
        } catch (BufferUnderflowException e) {
            throw damaged("it ends too soon", e);
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage(), e);
        } finally {
            if (derived != null) {
                Arrays.fill(derived, (byte) 0);
            }
        }
    }

    private static PasswordDerivation derivation(ByteBuffer in) throws KeyException {
        byte version = in.get();
        byte code = in.get();
        if (version != VERSION) {
            throw damaged("its format version is " + version, null);
        }
        return switch (code) {
            case Argon2idDerivation.CODE -> Argon2idDerivation.read(in);
            case Pbkdf2Derivation.CODE -> Pbkdf2Derivation.read(in);
            default -> throw damaged("its derivation is number " + code, null);
        };
    }

    private static byte[] derive(
            CryptographicModule module, PasswordDerivation derivation, Secret password, byte[] salt)
            throws KeyException {
        byte[] bytes = password.toBytes();
        try {
            return derivation.derive(module, bytes, salt);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] gcm(
            CryptographicModule module,
            int mode,
            byte[] derived,
            byte[] nonce,
            byte[] input,
            byte[] header,
            String keySetId)
            throws GeneralSecurityException {
        Cipher cipher = module.cipher("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(derived, 0, ROOT, "AES"),
                new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(LABEL);
        cipher.updateAAD(keySetId.getBytes(StandardCharsets.US_ASCII));
        return cipher.doFinal(input);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private static KeyException damaged(String how, Throwable cause) {
        return new KeyException(
                Kind.DAMAGED, "the passphrase protection of the key set is damaged: " + how, cause);
    }
}
