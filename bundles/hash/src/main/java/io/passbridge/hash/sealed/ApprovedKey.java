/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.CryptographicModule.AgreedKey;
import io.passbridge.hash.module.EphemeralP256;
import io.passbridge.hash.module.PlatformModule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What seals in place of HPKE under the FIPS policy: a key agreed with the recipient over P-256, in
 * one pass, for one message or parcel alone (SP 800-56A and 56C), and AES-256-GCM under it. The
 * pairing secret goes into the derivation as what both know (SuppPrivInfo), as the pre-shared key
 * does in HPKE. Wiped when closed.
 */
final class ApprovedKey implements AutoCloseable {
    /** Length of a public key of P-256, uncompressed. */
    static final int POINT = 65;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final CryptographicModule module;
    private final byte[] ephemeral;
    private final byte[] key;

    private ApprovedKey(CryptographicModule module, byte[] ephemeral, byte[] key) {
        this.module = module;
        this.ephemeral = ephemeral;
        this.key = key;
    }

    /**
     * @param label what is sealed, so that a key is never used for something else
     * @throws IllegalArgumentException if the public key is none
     */
    static ApprovedKey toRecipient(
            CryptographicModule module, byte[] publicKey, Secret pairing, String label) {
        byte[] info = info(label, publicKey, pairing);
        try {
            AgreedKey agreed = module.agree(publicKey, info);
            return new ApprovedKey(module, agreed.ephemeral(), agreed.key());
        } finally {
            Arrays.fill(info, (byte) 0);
        }
    }

    /** The same at the recipient. */
    static ApprovedKey ofSender(
            Secret privateKey, byte[] publicKey, Secret pairing, byte[] ephemeral, String label)
            throws SealRefusedException {
        byte[] info = info(label, publicKey, pairing);
        byte[] scalar = privateKey.toBytes();
        try {
            return new ApprovedKey(
                    new PlatformModule(), ephemeral, EphemeralP256.open(scalar, ephemeral, info));
        } catch (GeneralSecurityException e) {
            throw new SealRefusedException("its key is no point of P-256");
        } finally {
            Arrays.fill(info, (byte) 0);
            Arrays.fill(scalar, (byte) 0);
        }
    }

    private static byte[] info(String label, byte[] publicKey, Secret pairing) {
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        return pairing.use(
                secret ->
                        ByteBuffer.allocate(name.length + publicKey.length + secret.length)
                                .put(name)
                                .put(publicKey)
                                .put(secret)
                                .array());
    }

    byte[] ephemeral() {
        return ephemeral.clone();
    }

    /** Nonce, cipher text and tag. */
    byte[] seal(byte[] bound, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        module.random().nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(plain);
            return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a credential could not be sealed", e);
        }
    }

    /**
     * @return the caller's to wipe
     * @throws GeneralSecurityException if it was changed, or sealed under another key
     */
    byte[] open(byte[] bound, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < NONCE + TAG_BITS / Byte.SIZE) {
            throw new GeneralSecurityException("it is too short");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), bound)
                .doFinal(sealed, NONCE, sealed.length - NONCE);
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = module.cipher("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ephemeral);
        cipher.updateAAD(bound);
        return cipher;
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }
}
