/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.module;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.ModuleReport;
import io.passbridge.hash.pbkdf2.HmacHash;
import io.passbridge.hash.pbkdf2.Pbkdf2;
import io.passbridge.hash.pbkdf2.Pbkdf2Batch;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** The Java platform's own providers, with this bundle's fast PBKDF2 over them. Thread-safe. */
public final class PlatformModule implements CryptographicModule {
    private final SecureRandom random = new SecureRandom();
    private final Pbkdf2Batch batch = new Pbkdf2Batch();

    @Override
    public boolean isFit() {
        return true;
    }

    @Override
    public MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw absent(algorithm, e);
        }
    }

    @Override
    public Mac mac(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw absent(algorithm, e);
        }
    }

    @Override
    public Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw absent(transformation, e);
        }
    }

    private static IllegalArgumentException absent(String name, GeneralSecurityException e) {
        return new IllegalArgumentException("this Java platform has no " + name, e);
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public AgreedKey agree(byte[] publicKey, byte[] info) {
        return EphemeralP256.with(publicKey, info);
    }

    @Override
    public byte[] passwordKey(
            String mac, byte[] password, byte[] salt, int iterations, int length) {
        return Pbkdf2.derive(HmacHash.ofMac(mac), password, salt, iterations, length);
    }

    @Override
    public byte[][] verifiers(String mac, List<VerifierInput> inputs, int iterations, int length) {
        HmacHash hash = HmacHash.ofMac(mac);
        if (hash == HmacHash.SHA_256 && length == hash.length()) {
            return batch.derive(inputs, iterations);
        }
        return inputs.stream()
                .map(
                        input ->
                                Pbkdf2.derive(
                                        hash, input.password(), input.salt(), iterations, length))
                .toArray(byte[][]::new);
    }

    @Override
    public ModuleReport report(boolean selfTest) {
        return new ModuleReport(
                "Java platform",
                Runtime.version().toString(),
                false,
                true,
                false,
                ModuleReport.SelfTest.NONE,
                "the providers of this Java, in its order; no validation is claimed");
    }
}
