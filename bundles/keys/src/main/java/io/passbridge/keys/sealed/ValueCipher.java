/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.Sealing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.AEADBadTagException;

/** Seals and opens values of format version 1 under one given key. Thread-safe. */
public final class ValueCipher {
    /** Lengths of secrets are hidden up to this many bytes. */
    private static final int PADDING = 32;

    private final Cryptography cryptography;

    public ValueCipher(Cryptography cryptography) {
        this.cryptography = cryptography;
    }

    /** Encrypts a secret. */
    public SealedValue seal(UUID keySetId, int keyId, Secret key, Secret secret, Binding binding)
            throws KeyException {
        if (secret.length() > Sealing.MAX_LENGTH) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "a secret of "
                            + secret.length()
                            + " bytes is too long to be sealed; the limit is "
                            + Sealing.MAX_LENGTH);
        }
        CryptographicModule module = module();
        byte[] salt = random(SealedHeader.SALT);
        byte[] nonce = random(CommittingCipher.NONCE);
        byte[] context = SealedHeader.context(keySetId, keyId, salt, nonce);
        byte[] plaintext = secret.use(ValueCipher::padded);
        try (CommittingCipher cipher =
                key.use(bytes -> CommittingCipher.of(module, bytes, context))) {
            byte[] commitment = cipher.commitment();
            byte[] ciphertext =
                    cipher.encrypt(nonce, plaintext, context, commitment, encoded(binding));
            return SealedValue.of(
                    ByteBuffer.allocate(SealedHeader.LENGTH + ciphertext.length)
                            .put(context)
                            .put(commitment)
                            .put(ciphertext)
                            .array());
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Decrypts a value under the key that its header names, which the caller has looked up. */
    public Secret open(SealedHeader header, SealedValue value, Secret key, Binding binding)
            throws KeyException {
        CryptographicModule module = module();
        byte[] bytes = value.toBytes();
        byte[] context = Arrays.copyOf(bytes, SealedHeader.CONTEXT);
        byte[] ciphertext = Arrays.copyOfRange(bytes, SealedHeader.LENGTH, bytes.length);
        try (CommittingCipher cipher = key.use(k -> CommittingCipher.of(module, k, context))) {
            if (!cipher.commitsTo(header.commitment())) {
                throw refused(binding);
            }
            byte[] plaintext =
                    cipher.decrypt(
                            header.nonce(),
                            ciphertext,
                            context,
                            header.commitment(),
                            encoded(binding));
            try {
                return unpadded(plaintext, binding);
            } finally {
                Arrays.fill(plaintext, (byte) 0);
            }
        } catch (AEADBadTagException e) {
            throw refused(binding);
        }
    }

    /** The canonical form of a binding: each part as its length in two bytes and UTF-8. */
    static byte[] encoded(Binding binding) throws KeyException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        for (String part : new String[] {binding.purpose(), binding.owner(), binding.field()}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0xFFFF) {
                throw new KeyException(
                        Kind.NOT_ALLOWED,
                        "a part of a binding has " + bytes.length + " bytes; the limit is 65535");
            }
            out.write(bytes.length >>> 8);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] padded(byte[] secret) {
        int length = (4 + secret.length + PADDING - 1) / PADDING * PADDING;
        return ByteBuffer.allocate(length).putInt(secret.length).put(secret).array();
    }

    private static Secret unpadded(byte[] plaintext, Binding binding) throws KeyException {
        int length = plaintext.length < 4 ? -1 : ByteBuffer.wrap(plaintext).getInt();
        if (length < 0 || length > plaintext.length - 4) {
            throw refused(binding);
        }
        return Secret.owning(Arrays.copyOfRange(plaintext, 4, 4 + length));
    }

    private static KeyException refused(Binding binding) {
        return new KeyException(
                Kind.REFUSED,
                "the sealed value of "
                        + binding.owner()
                        + " ("
                        + binding.purpose()
                        + ", "
                        + binding.field()
                        + ") was changed or belongs elsewhere; set the secret anew");
    }

    private CryptographicModule module() throws KeyException {
        try {
            return cryptography.module();
        } catch (ModuleRefusedException e) {
            throw new KeyException(Kind.MODULE_REFUSED, e.getMessage(), e);
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        cryptography.random().nextBytes(bytes);
        return bytes;
    }
}
