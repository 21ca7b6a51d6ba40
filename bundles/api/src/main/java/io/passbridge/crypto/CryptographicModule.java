/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An implementation of the algorithms that the platform uses for protection. A service where it is
 * a validated module; loading it is put off until something is asked of it. Thread-safe; the
 * objects that it hands out are for one thread at a time.
 *
 * <p>Each method throws {@link ModuleRefusedException} if the module is not fit for use, and {@link
 * IllegalArgumentException} if it has no such algorithm.
 */
@ProviderType
public interface CryptographicModule {
    /**
     * Loads the module and tells whether it may be used: the self-tests passed, and it refuses what
     * is not approved. Takes seconds at the first time.
     */
    boolean isFit();

    /**
     * A digest.
     *
     * @param algorithm as the JCA names it: {@code SHA-256}
     */
    MessageDigest digest(String algorithm);

    /**
     * A message authentication code.
     *
     * @param algorithm as the JCA names it: {@code HmacSHA256}
     */
    Mac mac(String algorithm);

    /**
     * A cipher.
     *
     * @param transformation as the JCA names it: {@code AES/GCM/NoPadding}
     */
    Cipher cipher(String transformation);

    /** Random numbers; may be kept as long as the module. */
    SecureRandom random();

    /**
     * A key for stored data out of a password (SP 800-132).
     *
     * @param mac as the JCA names it: {@code HmacSHA512}
     * @param password the module may demand a length; stays the caller's to wipe
     * @param salt the module may demand a length
     * @param iterations at least 1; the module may demand more
     * @param length of the key in bytes
     * @return the caller's to wipe
     * @throws IllegalArgumentException if the module does not take these parameters, with the limit
     */
    byte[] passwordKey(String mac, byte[] password, byte[] salt, int iterations, int length);

    /**
     * Verifiers of passwords: PBKDF2 over HMAC (RFC 8018, section 5.2), for many users at once.
     *
     * @param mac as the JCA names it: {@code HmacSHA256}
     * @param inputs one for each user
     * @param iterations at least 1
     * @param length of each verifier in bytes
     * @return in the order of the inputs, the caller's to wipe
     * @throws IllegalArgumentException if the module does not take a password so short
     */
    byte[][] verifiers(String mac, List<VerifierInput> inputs, int iterations, int length);

    /**
     * A key that the holder of a private key of P-256 can derive, too, and nobody else: one-pass
     * Diffie-Hellman (SP 800-56A revision 3, 6.2.2.2), one-step derivation with SHA-256 (SP 800-56C
     * revision 2). A new one with each call.
     *
     * @param publicKey of P-256, 65 bytes, uncompressed (SEC 1, 2.3.3)
     * @param info what both sides know and put into the derivation
     * @throws IllegalArgumentException if it is no such key
     */
    AgreedKey agree(byte[] publicKey, byte[] info);

    /**
     * What is known of the module.
     *
     * @param selfTest whether to load it for that
     */
    ModuleReport report(boolean selfTest);

    /**
     * What {@link #agree} gives.
     *
     * @param ephemeral the public key that the other side needs, 65 bytes
     * @param key 32 bytes, the caller's to wipe
     */
    record AgreedKey(byte[] ephemeral, byte[] key) {
        @Override
        public String toString() {
            return "AgreedKey[redacted]";
        }
    }

    /** One user's password and salt; both stay the caller's to wipe. */
    record VerifierInput(byte[] password, byte[] salt) {
        @Override
        public String toString() {
            return "VerifierInput[redacted]";
        }
    }
}
