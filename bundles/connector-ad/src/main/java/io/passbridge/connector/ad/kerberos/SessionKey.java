/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A Kerberos key of one of the supported types. Closing it wipes it.
 *
 * @param type RFC 3961 encryption type
 */
record SessionKey(int type, byte[] value) implements AutoCloseable {
    static SessionKey checked(int type, byte[] value) throws KerberosException {
        if (value.length != AesSha1.keyLength(type)) {
            throw new KerberosException(
                    "a key of " + value.length + " bytes for encryption type " + type);
        }
        return new SessionKey(type, value);
    }

    /** EncryptedData of a message, in DER (RFC 4120 section 5.2.9). */
    byte[] seal(byte[] plain, int usage, SecureRandom random) {
        byte[] cipher = new AesSha1(value, usage).encrypt(plain, random);
        return Der.value(
                Der.SEQUENCE,
                Der.member(0, Der.integer(type)),
                Der.member(2, Der.value(Der.OCTET_STRING, cipher)));
    }

    @Override
    public void close() {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "SessionKey[redacted]";
    }
}
