/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.dpapi;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The root secret of a key set under DPAPI; {@code docs/formats/protector-dpapi.md}. DPAPI protects
 * a key of its own, and that key the root secret with everything before it: so that every bit is
 * authenticated, whatever Windows leaves out of its own check.
 */
final class DpapiWrappedRoot {
    private static final byte VERSION = 1;
    private static final int KEY = 32;
    private static final int ROOT = 32;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final String LABEL = "passbridge dpapi v1:";

    private DpapiWrappedRoot() {}

    static byte[] wrap(Secret root, String keySetId, Scope scope, Cryptography cryptography)
            throws KeyException {
        byte[] key = new byte[KEY];
        byte[] nonce = new byte[NONCE];
        cryptography.random().nextBytes(key);
        cryptography.random().nextBytes(nonce);
        byte[] plain = root.toBytes();
        try {
            byte[] guarded = Dpapi.protect(key, scope, keySetId);
            byte[] header =
                    ByteBuffer.allocate(4 + guarded.length)
                            .put(VERSION)
                            .put(scope.code())
                            .putShort((short) guarded.length)
                            .put(guarded)
                            .array();
            byte[] sealed =
                    gcm(cryptography.module(), Cipher.ENCRYPT_MODE, key, nonce, header, keySetId)
                            .doFinal(plain);
            return ByteBuffer.allocate(header.length + NONCE + sealed.length)
                    .put(header)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module does no AES-256-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    static Secret unwrap(byte[] bytes, String keySetId, CryptographicModule module)
            throws KeyException {
        byte[] key = new byte[0];
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte version = in.get();
            if (version != VERSION) {
                throw damaged("its format version is " + version, null);
            }
            Scope scope = scope(in.get());
            byte[] guarded = take(in, in.getShort() & 0xffff);
            byte[] header = Arrays.copyOf(bytes, in.position());
            byte[] nonce = take(in, NONCE);
            byte[] sealed = take(in, ROOT + TAG);
            if (in.hasRemaining()) {
                throw damaged("it is too long", null);
            }
            key = Dpapi.unprotect(guarded, scope, keySetId);
            if (key.length != KEY) {
                throw damaged("it holds a key of " + key.length + " bytes", null);
            }
            return Secret.owning(
                    gcm(module, Cipher.DECRYPT_MODE, key, nonce, header, keySetId).doFinal(sealed));
        } catch (BufferUnderflowException e) {
            throw damaged("it ends too soon", e);
        } catch (AEADBadTagException e) {
            throw damaged("it was changed, or copied from another key set", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the module does no AES-256-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Scope scope(byte code) throws KeyException {
        for (Scope scope : Scope.values()) {
            if (scope.code() == code) {
                return scope;
            }
        }
        throw damaged("its scope is number " + code, null);
    }

    private static Cipher gcm(
            CryptographicModule module,
            int mode,
            byte[] key,
            byte[] nonce,
            byte[] header,
            String keySetId)
            throws GeneralSecurityException {
        Cipher cipher = module.cipher("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD((LABEL + keySetId).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private static KeyException damaged(String how, Throwable cause) {
        return new KeyException(
                Kind.DAMAGED, "the DPAPI protection of the key set is damaged: " + how, cause);
    }
}
