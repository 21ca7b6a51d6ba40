/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.legacy.Rc4;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a hash for replication, as a controller does; the reverse of the product's code, over the
 * JDK's DES.
 */
public final class Envelope {
    private static final int RID = 500;

    private Envelope() {}

    public static byte[] of(byte[] sessionKey, byte[] hash) {
        byte[] i = {(byte) RID, (byte) (RID >>> 8), 0, 0};
        byte[] inner = new byte[16];
        des(new byte[] {i[0], i[1], i[2], i[3], i[0], i[1], i[2]}, hash, 0, inner);
        des(new byte[] {i[3], i[0], i[1], i[2], i[3], i[0], i[1]}, hash, 8, inner);
        CRC32 crc = new CRC32();
        crc.update(inner);
        byte[] salt = new byte[16];
        byte[] sealed =
                ByteBuffer.allocate(20)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt((int) crc.getValue())
                        .put(inner)
                        .array();
        LegacyPrimitives legacy = new LegacyPrimitives(FixedPolicy.permitting());
        try (Rc4 cipher = legacy.rc4(legacy.md5(sessionKey, salt))) {
            cipher.apply(sealed, 0, sealed.length);
        }
        return ByteBuffer.allocate(36).put(salt).put(sealed).array();
    }

    private static void des(byte[] key, byte[] hash, int offset, byte[] out) {
        byte[] spread = new byte[8];
        for (int bit = 0; bit < 56; bit++) {
            spread[bit / 7] |= (byte) ((key[bit / 8] >> 7 - bit % 8 & 1) << 7 - bit % 7);
        }
        try {
            Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
            des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(spread, "DES"));
            des.doFinal(hash, offset, 8, out, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
