/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The {@code userPassword} values of made-up passwords. Salts come from the person's number, so
 * that the sample is the same each time it is made.
 */
final class SaltedForms {
    /** The password of every generated person whose scheme is slow on purpose. */
    static final String SHARED_PASSWORD = "Shared-Sample-1";

    /** The password of the documented users with a slow scheme. */
    static final String MEADOW = "Quiet-Meadow-17";

    static final String LANTERN = "Copper-Lantern-23";

    /** Made once with libxcrypt and OpenLDAP's argon2 module: computing them would take minutes. */
    private static final Map<String, String> PRECOMPUTED =
            Map.of(
                    key(Credential.CRYPT_SHA512, SHARED_PASSWORD),
                    "{CRYPT}$6$sampleSalt16abcd$R8D4RJ9LCmTtvExsx/YvlUtXjHCahANB.UWDlTorAj7VwSkIdLiWwM1Xfn5jAm/ulVWDcfGmQgBbnOBkWit6F1",
                    key(Credential.CRYPT_BCRYPT, SHARED_PASSWORD),
                    "{CRYPT}$2b$10$VZaWeyx5PX4p1Lc2cHkNM.3QphwikIjPAGY0yX8M2nOOA2kAfpHp6",
                    key(Credential.BCRYPT, SHARED_PASSWORD),
                    "{BCRYPT}$2b$10$VZaWeyx5PX4p1Lc2cHkNM.3QphwikIjPAGY0yX8M2nOOA2kAfpHp6",
                    key(Credential.ARGON2, SHARED_PASSWORD),
                    "{ARGON2}$argon2i$v=19$m=4096,t=3,p=1$X44jHoCnjroNawuV/uSqRw$8WzKxhFNdpJ55HOvHHH0HowO3YVWPqYJ+WGSFAggWFo",
                    key(Credential.CRYPT_SHA512, MEADOW),
                    "{CRYPT}$6$sampleSalt16abcd$CqjjOqs52ujmR7EkEaV3VkA2bmWVYfT75T7Gs3bPtg1lQTqtNCWT3SOlO.2CvSayiFQsRcNjb5.jBzkYeOc730",
                    key(Credential.ARGON2, LANTERN),
                    "{ARGON2}$argon2i$v=19$m=4096,t=3,p=1$N1r9bGXB+p1lcMQU7CKrHg$AuVzD88yjxnXNsE+KsfrAszceD28Vf6/7Fgb7zwDPmk",
                    key(Credential.PBKDF2_SHA256, SHARED_PASSWORD),
                    pbkdf2(SHARED_PASSWORD));

    private SaltedForms() {}

    static String encode(Credential scheme, Person person) {
        return switch (scheme) {
            case SSHA -> "{SSHA}" + salted("SHA-1", person, 8);
            case SSHA256 -> "{SSHA256}" + salted("SHA-256", person, 8);
            case SSHA512 -> "{SSHA512}" + salted("SHA-512", person, 16);
            default -> precomputed(scheme, person);
        };
    }

    private static String precomputed(Credential scheme, Person person) {
        String value = PRECOMPUTED.get(key(scheme, person.password()));
        if (value == null) {
            throw new IllegalArgumentException(
                    "no precomputed " + scheme + " value for " + person.uid());
        }
        return value;
    }

    private static String key(Credential scheme, String password) {
        return scheme + " " + password;
    }

    private static String salted(String algorithm, Person person, int saltLength) {
        byte[] salt =
                ByteBuffer.allocate(16)
                        .putLong(person.number() * 0x9E3779B97F4A7C15L)
                        .putLong(person.changedAt().getEpochSecond())
                        .array();
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(person.password().getBytes(StandardCharsets.UTF_8));
            digest.update(salt, 0, saltLength);
            byte[] hash = digest.digest();
            byte[] value =
                    ByteBuffer.allocate(hash.length + saltLength)
                            .put(hash)
                            .put(salt, 0, saltLength)
                            .array();
            return Base64.getEncoder().encodeToString(value);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** The form of OpenLDAP's pw-pbkdf2 module: adapted base64, without padding. */
    private static String pbkdf2(String password) {
        byte[] salt = "passbridgeSample".getBytes(StandardCharsets.US_ASCII);
        int iterations = 10_000;
        try {
            byte[] hash =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(
                                    new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                            .getEncoded();
            return "{PBKDF2-SHA256}" + iterations + "$" + adapted(salt) + "$" + adapted(hash);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static String adapted(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
    }
}
