/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.module;

import io.passbridge.crypto.CryptographicModule.AgreedKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * One-pass Diffie-Hellman over P-256 by the Java platform (SP 800-56A revision 3, 6.2.2.2; SP
 * 800-56C revision 2, one-step with SHA-256): both sides of it.
 */
public final class EphemeralP256 {
    private static final int FIELD = 32;
    private static final byte UNCOMPRESSED = 4;

    private EphemeralP256() {}

    /** As {@link io.passbridge.crypto.CryptographicModule#agree}. */
    static AgreedKey with(byte[] publicKey, byte[] info) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair ours = generator.generateKeyPair();
            byte[] key = derive(ours.getPrivate(), point(publicKey), info);
            return new AgreedKey(encoded((ECPublicKey) ours.getPublic()), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("that is no public key of P-256", e);
        }
    }

    /**
     * The key that the holder of a private key derives from what was agreed with it.
     *
     * @param privateKey 32 bytes; stays the caller's to wipe
     * @param ephemeral the public key of the other side, 65 bytes
     * @return 32 bytes, the caller's to wipe
     * @throws GeneralSecurityException if one of them is no key of P-256
     */
    public static byte[] open(byte[] privateKey, byte[] ephemeral, byte[] info)
            throws GeneralSecurityException {
        PrivateKey ours =
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new ECPrivateKeySpec(new BigInteger(1, privateKey), curve()));
        return derive(ours, point(ephemeral), info);
    }

    /** The agreement refuses points that are not on the curve. */
    private static byte[] derive(PrivateKey ours, PublicKey theirs, byte[] info)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ours);
        agreement.doPhase(theirs, true);
        byte[] secret = agreement.generateSecret();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(new byte[] {0, 0, 0, 1});
        sha256.update(secret);
        Arrays.fill(secret, (byte) 0);
        return sha256.digest(info);
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static PublicKey point(byte[] encoded) throws GeneralSecurityException {
        if (encoded.length != 1 + 2 * FIELD || encoded[0] != UNCOMPRESSED) {
            throw new GeneralSecurityException("a point of P-256 has 65 bytes");
        }
        ECPoint point =
                new ECPoint(
                        new BigInteger(1, Arrays.copyOfRange(encoded, 1, 1 + FIELD)),
                        new BigInteger(1, Arrays.copyOfRange(encoded, 1 + FIELD, encoded.length)));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve()));
    }

    private static byte[] encoded(ECPublicKey key) {
        return ByteBuffer.allocate(1 + 2 * FIELD)
                .put(UNCOMPRESSED)
                .put(field(key.getW().getAffineX()))
                .put(field(key.getW().getAffineY()))
                .array();
    }

    private static byte[] field(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] field = new byte[FIELD];
        int from = Math.max(0, bytes.length - FIELD);
        int length = bytes.length - from;
        System.arraycopy(bytes, from, field, FIELD - length, length);
        return field;
    }
}
