/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.legacy.Rc4;
import io.passbridge.credential.NtHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Opens the envelopes of replicated secrets (MS-DRSR 4.1.10.6.17, DecryptValuesIfNecessary; the
 * layer below, of {@code unicodePwd}, is MS-SAMR 2.2.11.1.1). The check sum decides which of the
 * session keys it was made with. Not thread-safe; closing it wipes the keys.
 */
public final class SecretDecryptor implements AutoCloseable {
    private static final int SALT = 16;
    private static final int CRC = 4;
    private static final int ENVELOPE = SALT + CRC + NtHash.LENGTH;
    private static final int DES_BLOCK = 8;

    private final LegacyPrimitives legacy;
    private final List<byte[]> keys;
    private boolean closed;

    /**
     * @param sessionKeys the most likely first; owned and wiped by this object
     */
    public SecretDecryptor(LegacyPrimitives legacy, List<byte[]> sessionKeys) {
        this.legacy = legacy;
        this.keys = new ArrayList<>(sessionKeys);
    }

    /** Adds the key of a newer security context; it is tried first from now on. */
    public synchronized void renewed(byte[] sessionKey) {
        keys.add(0, sessionKey);
    }

    /**
     * Decrypts the hash of the account with the given relative identifier.
     *
     * @return empty if no key gives the right check sum, or the envelope or the identifier cannot
     *     be right
     */
    public synchronized Optional<NtHash> decrypt(
            byte[] envelope, int offset, int length, long rid) {
        if (length != ENVELOPE || rid <= 0 || rid > 0xffff_ffffL) {
            checkOpen();
            return Optional.empty();
        }
        Optional<byte[]> opened = opened(envelope, offset, length);
        try {
            return opened.map(o -> NtHash.owning(withoutRidLayer(o, rid)));
        } finally {
            opened.ifPresent(LegacyPrimitives::wipe);
        }
    }

    /**
     * Opens an envelope without a layer below.
     *
     * @return the content, the caller's to wipe; empty if no key gives the right check sum
     */
    synchronized Optional<byte[]> open(byte[] envelope) {
        if (envelope.length < SALT + CRC) {
            checkOpen();
            return Optional.empty();
        }
        Optional<byte[]> opened = opened(envelope, 0, envelope.length);
        try {
            return opened.map(o -> Arrays.copyOfRange(o, CRC, o.length));
        } finally {
            opened.ifPresent(LegacyPrimitives::wipe);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    /** With the check sum in front. */
    private Optional<byte[]> opened(byte[] envelope, int offset, int length) {
        checkOpen();
        byte[] salt = Arrays.copyOfRange(envelope, offset, offset + SALT);
        for (int i = 0; i < keys.size(); i++) {
            byte[] opened = Arrays.copyOfRange(envelope, offset + SALT, offset + length);
            byte[] envelopeKey = legacy.md5(keys.get(i), salt);
            try (Rc4 cipher = legacy.rc4(envelopeKey)) {
                cipher.apply(opened, 0, opened.length);
                if (checked(opened)) {
                    keys.add(0, keys.remove(i));
                    return Optional.of(opened);
                }
            } finally {
                LegacyPrimitives.wipe(envelopeKey);
            }
            LegacyPrimitives.wipe(opened);
        }
        return Optional.empty();
    }

    private static boolean checked(byte[] opened) {
        CRC32 crc = new CRC32();
        crc.update(opened, CRC, opened.length - CRC);
        long value = crc.getValue();
        int difference = 0;
        for (int i = 0; i < CRC; i++) {
            difference |= opened[i] ^ (byte) (value >>> 8 * i);
        }
        return difference == 0;
    }

    private byte[] withoutRidLayer(byte[] opened, long rid) {
        byte[] hash = Arrays.copyOfRange(opened, CRC, opened.length);
        byte[] i = {(byte) rid, (byte) (rid >>> 8), (byte) (rid >>> 16), (byte) (rid >>> 24)};
        legacy.desDecrypt(new byte[] {i[0], i[1], i[2], i[3], i[0], i[1], i[2]}, hash, 0);
        legacy.desDecrypt(new byte[] {i[3], i[0], i[1], i[2], i[3], i[0], i[1]}, hash, DES_BLOCK);
        return hash;
    }

    @Override
    public synchronized void close() {
        closed = true;
        keys.forEach(LegacyPrimitives::wipe);
        keys.clear();
    }
}
