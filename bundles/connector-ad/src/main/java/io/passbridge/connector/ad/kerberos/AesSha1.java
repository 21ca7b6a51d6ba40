/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of one key and one key usage with aes128-cts-hmac-sha1-96 or aes256-cts-hmac-sha1-96
 * (RFC 3962, RFC 3961 section 5.3). Not thread-safe.
 */
final class AesSha1 {
    /** aes128-cts-hmac-sha1-96. */
    static final int AES128 = 17;

    /** aes256-cts-hmac-sha1-96. */
    static final int AES256 = 18;

    /** Length of the integrity code. */
    static final int CODE = 12;

    private final AesCts cipher;
    private final Mac mac;

    AesSha1(byte[] protocolKey, int usage) {
        byte[] encryption = KeyDerivation.derive(protocolKey, usage, KeyDerivation.ENCRYPTION);
        byte[] integrity = KeyDerivation.derive(protocolKey, usage, KeyDerivation.INTEGRITY);
        try {
            cipher = new AesCts(encryption);
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(integrity, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA-1 in this Java runtime", e);
        } finally {
            Arrays.fill(encryption, (byte) 0);
            Arrays.fill(integrity, (byte) 0);
        }
    }

    /** Length of the keys of an encryption type. */
    static int keyLength(int type) throws KerberosException {
        return switch (type) {
            case AES128 -> 16;
            case AES256 -> 32;
            default ->
                    throw new KerberosException(
                            "encryption type "
                                    + type
                                    + " is not supported; allow AES for the account and the"
                                    + " controller");
        };
    }

    /** The keyed checksum of a message (RFC 3961 section 5.4, RFC 3962 section 7). */
    static byte[] checksum(byte[] protocolKey, int usage, byte[] message) {
        byte[] key = KeyDerivation.derive(protocolKey, usage, KeyDerivation.CHECKSUM);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return Arrays.copyOf(mac.doFinal(message), CODE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA-1 in this Java runtime", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Encrypts a message with a random confounder and appends the integrity code. */
    byte[] encrypt(byte[] plain, SecureRandom random) {
        byte[] confounder = new byte[AesCts.BLOCK];
        random.nextBytes(confounder);
        byte[] message = Arrays.copyOf(confounder, AesCts.BLOCK + plain.length);
        System.arraycopy(plain, 0, message, AesCts.BLOCK, plain.length);
        byte[] out = Arrays.copyOf(cipher.encrypt(message), message.length + CODE);
        System.arraycopy(code(message), 0, out, message.length, CODE);
        return out;
    }

    byte[] decrypt(byte[] encrypted) throws KerberosException {
        int length = encrypted.length - CODE;
        if (length < AesCts.BLOCK) {
            throw new KerberosException("encrypted data of " + encrypted.length + " bytes");
        }
        byte[] message = cipher.decrypt(Arrays.copyOf(encrypted, length));
        byte[] received = Arrays.copyOfRange(encrypted, length, encrypted.length);
        if (!MessageDigest.isEqual(code(message), received)) {
            throw new KerberosException("the integrity code of encrypted data is wrong");
        }
        return Arrays.copyOfRange(message, AesCts.BLOCK, message.length);
    }

    /** The cipher alone, for messages whose parts lie apart. */
    AesCts cipher() {
        return cipher;
    }

    /** The integrity code of the parts in their order. */
    Mac mac() {
        return mac;
    }

    private byte[] code(byte[] message) {
        return Arrays.copyOf(mac.doFinal(message), CODE);
    }
}
