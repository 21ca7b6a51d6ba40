/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import io.passbridge.credential.KerberosKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a {@code supplementalCredentials} of AES keys: USER_PROPERTIES (MS-SAMR 2.2.10.1) with
 * KERB_STORED_CREDENTIAL_NEW (2.2.10.6), in the layout of Samba 4.17. Samba insists on keys of DES
 * and on the older KERB_STORED_CREDENTIAL (2.2.10.4), too; those are random, so that nobody has
 * them, and its key distribution centre does not use DES.
 */
final class SupplementalForm {
    private static final int PREFIX = 96;
    private static final short SIGNATURE = 0x50;
    private static final int HEAD = 24;

    /** AES-256, AES-128, DES with MD5 and with CRC: Samba insists on these four. */
    private static final int[] TYPES = {18, 17, 3, 1};

    private static final int[] LENGTHS = {32, 16, 8, 8};
    private static final int ITERATIONS = 4096;
    private static final int DES_MD5 = 3;
    private static final int DES_CRC = 1;
    private static final String PACKAGES = "Kerberos-Newer-Keys\0Kerberos";
    private static final SecureRandom RANDOM = new SecureRandom();

    private SupplementalForm() {}

    /** The caller's to wipe. */
    static byte[] of(KerberosKeys keys) {
        byte[] stored = stored(keys);
        List<Property> properties =
                List.of(
                        new Property(1, "Primary:Kerberos-Newer-Keys", hexadecimal(stored)),
                        new Property(1, "Primary:Kerberos", hexadecimal(older(keys.salt()))),
                        new Property(2, "Packages", hexadecimal(utf16(PACKAGES))));
        Arrays.fill(stored, (byte) 0);
        int length = PREFIX + 4 + properties.stream().mapToInt(Property::length).sum();
        ByteBuffer out = ByteBuffer.allocate(12 + length + 1).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0).putInt(length).putInt(0);
        for (int i = 0; i < PREFIX; i += 2) {
            out.putShort((short) ' ');
        }
        out.putShort(SIGNATURE).putShort((short) properties.size());
        properties.forEach(property -> property.put(out));
        Arrays.fill(properties.get(0).value(), (byte) 0);
        return out.array();
    }

    private record Property(int reserved, String name, byte[] value) {
        int length() {
            return 6 + 2 * name.length() + value.length;
        }

        void put(ByteBuffer out) {
            out.putShort((short) (2 * name.length())).putShort((short) value.length);
            out.putShort((short) reserved).put(utf16(name)).put(value);
        }
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    /** Keys of DES that nobody knows. */
    private static byte[] older(String saltText) {
        byte[] salt = utf16(saltText);
        byte[] keys = new byte[16];
        RANDOM.nextBytes(keys);
        int from = 16 + 3 * 20;
        ByteBuffer out =
                ByteBuffer.allocate(from + salt.length + keys.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 3).putShort((short) 0).putShort((short) 2).putShort((short) 0);
        out.putShort((short) salt.length).putShort((short) salt.length).putInt(from);
        out.putLong(0).putInt(DES_MD5).putInt(8).putInt(from + salt.length);
        out.putLong(0).putInt(DES_CRC).putInt(8).putInt(from + salt.length + 8);
        out.position(from);
        return out.put(salt).put(keys).array();
    }

    private static byte[] stored(KerberosKeys keys) {
        byte[] salt = utf16(keys.salt());
        int from = HEAD * (1 + TYPES.length);
        int at = from + salt.length;
        ByteBuffer out =
                ByteBuffer.allocate(at + Arrays.stream(LENGTHS).sum())
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 4).putShort((short) 0);
        out.putShort((short) TYPES.length).putShort((short) 0);
        out.putShort((short) 0).putShort((short) 0);
        out.putShort((short) salt.length).putShort((short) salt.length);
        out.putInt(from).putInt(ITERATIONS);
        for (int i = 0; i < TYPES.length; i++) {
            out.putLong(0).putInt(ITERATIONS).putInt(TYPES[i]).putInt(LENGTHS[i]).putInt(at);
            at += LENGTHS[i];
        }
        out.put(salt);
        keys.aes256().use(out::put);
        // what is missing is random like the keys of DES
        byte[] unknown = new byte[out.remaining()];
        RANDOM.nextBytes(unknown);
        out.mark().put(unknown).reset();
        keys.aes128().ifPresent(key -> key.use(out::put));
        return out.array();
    }

    /** Without a text, which could not be wiped. */
    private static byte[] hexadecimal(byte[] bytes) {
        HexFormat hex = HexFormat.of().withUpperCase();
        byte[] digits = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = (byte) hex.toHighHexDigit(bytes[i]);
            digits[2 * i + 1] = (byte) hex.toLowHexDigit(bytes[i]);
        }
        return digits;
    }
}
