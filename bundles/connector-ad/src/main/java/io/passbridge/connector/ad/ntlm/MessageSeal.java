/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import io.passbridge.connector.ad.legacy.HmacMd5;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.legacy.Rc4;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * One direction of sealing and signing with extended session security and a 128-bit key (MS-NLMP
 * 3.4.4.2 and 3.4.5). Stateful: fragments must come in order. Not thread-safe.
 */
final class MessageSeal implements AutoCloseable {
    /** Length of NTLMSSP_MESSAGE_SIGNATURE. */
    static final int SIGNATURE = 16;

    private static final int CHECKSUM = 8;

    /** The direction: whose sealing this is. */
    enum Sender {
        CLIENT("client-to-server"),
        SERVER("server-to-client");

        private final String words;

        Sender(String words) {
            this.words = words;
        }

        private byte[] constant(String purpose) {
            return ("session key to " + words + " " + purpose + " key magic constant\0")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final HmacMd5 mac;
    private final Rc4 cipher;
    private final byte[] code = new byte[SIGNATURE];
    private final byte[] sequence = new byte[Integer.BYTES];
    private int number;

    MessageSeal(LegacyPrimitives legacy, byte[] exportedSessionKey, Sender sender) {
        byte[] signKey = legacy.md5(exportedSessionKey, sender.constant("signing"));
        byte[] sealKey = legacy.md5(exportedSessionKey, sender.constant("sealing"));
        this.mac = legacy.hmacMd5(signKey);
        this.cipher = legacy.rc4(sealKey);
        LegacyPrimitives.wipe(signKey, sealKey);
    }

    /**
     * Signs a message, encrypts a part of it in place, and writes the signature.
     *
     * @param from beginning of the signed message
     * @param to its end, where the signature is written
     */
    void seal(byte[] buffer, int from, int to, int sealed, int sealedLength) {
        computeCode(buffer, from, to);
        cipher.apply(buffer, sealed, sealedLength);
        writeSignature(buffer, to);
        number++;
    }

    /**
     * Decrypts a part in place and compares the signature behind the message.
     *
     * @return whether it is the signature of this message at this place in the sequence
     */
    boolean unseal(byte[] buffer, int from, int to, int sealed, int sealedLength) {
        cipher.apply(buffer, sealed, sealedLength);
        computeCode(buffer, from, to);
        byte[] expected = new byte[SIGNATURE];
        writeSignature(expected, 0);
        number++;
        byte[] received = java.util.Arrays.copyOfRange(buffer, to, to + SIGNATURE);
        return MessageDigest.isEqual(expected, received);
    }

    private void computeCode(byte[] buffer, int from, int to) {
        for (int i = 0; i < Integer.BYTES; i++) {
            sequence[i] = (byte) (number >>> 8 * i);
        }
        mac.update(sequence).update(buffer, from, to - from).doFinal(code, 0);
    }

    private void writeSignature(byte[] out, int at) {
        out[at] = 1;
        out[at + 1] = 0;
        out[at + 2] = 0;
        out[at + 3] = 0;
        System.arraycopy(code, 0, out, at + Integer.BYTES, CHECKSUM);
        cipher.apply(out, at + Integer.BYTES, CHECKSUM);
        System.arraycopy(sequence, 0, out, at + Integer.BYTES + CHECKSUM, Integer.BYTES);
    }

    @Override
    public void close() {
        mac.close();
        cipher.close();
    }
}
