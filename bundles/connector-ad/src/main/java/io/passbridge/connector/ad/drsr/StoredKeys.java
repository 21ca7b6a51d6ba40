/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.credential.KerberosKeys;
import io.passbridge.credential.Secret;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The AES keys in a {@code supplementalCredentials} that was opened: KERB_STORED_CREDENTIAL_NEW
 * (MS-SAMR 2.2.10.6) within USER_PROPERTIES (2.2.10.1). Only the keys of the present password are
 * looked at; those of former ones and every other kind are passed over.
 */
final class StoredKeys {
    private static final int AES256 = 18;
    private static final int AES128 = 17;
    private static final int REVISION = 4;
    private static final int MAX_CREDENTIALS = 32;
    private static final int KEY = 24;
    private static final int MAX_SALT = 1024;

    /** What RFC 3962 takes where nothing is said; a domain cannot tell its users another number. */
    private static final int ITERATIONS = 4096;

    private StoredKeys() {}

    /**
     * Reads the keys; nothing of the value is kept.
     *
     * @param properties stays the caller's to wipe
     * @return empty if there is no property with keys, or no AES-256 key in it
     */
    static Optional<KerberosKeys> read(byte[] properties) throws NdrException {
        Optional<byte[]> value = UserProperties.find(properties, "Primary:Kerberos-Newer-Keys");
        try {
            return value.isEmpty() ? Optional.empty() : keys(value.get());
        } finally {
            value.ifPresent(LegacyPrimitives::wipe);
        }
    }

    private static Optional<KerberosKeys> keys(byte[] value) throws NdrException {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < KEY) {
            throw new NdrException("stored Kerberos keys of " + in.remaining() + " bytes");
        }
        int revision = in.getShort();
        in.getShort();
        int[] counts = new int[4];
        int all = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.getShort() & 0xffff;
            all += counts[i];
        }
        int saltLength = in.getShort() & 0xffff;
        in.getShort();
        int saltOffset = in.getInt();
        in.getInt();
        if (revision != REVISION || all > MAX_CREDENTIALS || all * KEY > in.remaining()) {
            throw new NdrException(
                    "stored Kerberos keys of revision %d with %d credentials in %d bytes"
                            .formatted(revision, all, value.length));
        }
        int heads = KEY + all * KEY;
        String salt = salt(slice(value, heads, saltOffset, saltLength, MAX_SALT));
        byte[] aes256 = null;
        byte[] aes128 = null;
        try {
            for (int i = 0; i < counts[0]; i++) {
                in.getLong();
                int iterations = in.getInt();
                int type = in.getInt();
                int length = in.getInt();
                int offset = in.getInt();
                if (type == AES256 || type == AES128) {
                    boolean first = type == AES256 ? aes256 == null : aes128 == null;
                    if (!first || iterations != ITERATIONS && iterations != 0) {
                        throw new NdrException(
                                "a key of type %d twice, or with %d iterations"
                                        .formatted(type, iterations));
                    }
                    byte[] key = slice(value, heads, offset, length, 32);
                    if (type == AES256) {
                        aes256 = key;
                    } else {
                        aes128 = key;
                    }
                    if (key.length != (type == AES256 ? 32 : 16)) {
                        throw new NdrException(
                                "a key of type %d with %d bytes".formatted(type, length));
                    }
                }
            }
            if (aes256 == null) {
                return Optional.empty();
            }
            return Optional.of(
                    new KerberosKeys(
                            salt,
                            Secret.copyOf(aes256),
                            Optional.ofNullable(aes128).map(Secret::copyOf)));
        } finally {
            wipe(aes256);
            wipe(aes128);
        }
    }

    private static void wipe(byte[] key) {
        if (key != null) {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static String salt(byte[] utf16) throws NdrException {
        if (utf16.length % 2 != 0) {
            throw new NdrException("a salt of " + utf16.length + " bytes");
        }
        return new String(utf16, StandardCharsets.UTF_16LE);
    }

    private static byte[] slice(byte[] value, int least, int offset, int length, int most)
            throws NdrException {
        if (length < 0 || length > most || offset < least || offset > value.length - length) {
            throw new NdrException(
                    "%d bytes at %d of %d stored ones".formatted(length, offset, value.length));
        }
        return Arrays.copyOfRange(value, offset, offset + length);
    }
}
