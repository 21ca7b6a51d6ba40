/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

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

    @Override
    public void close() {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "SessionKey[redacted]";
    }
}
