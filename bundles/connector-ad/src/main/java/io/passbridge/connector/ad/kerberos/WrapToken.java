/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.connector.ad.rpc.ProtectionException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * One direction of sealing with confidential wrap tokens that are split between stub data and
 * verifier (RFC 4121 section 4.2.4, MS-KILE 3.4.5.4.1). Sequence numbers are strict. Not
 * thread-safe.
 *
 * <p>The ciphertext is that of confounder, stub, filler and token header. The verifier holds the
 * token header, then, as DCE style rotates them to the front, the ciphertext of filler and header,
 * the integrity code, and the ciphertext of the confounder; that of the stub stays in its place.
 */
final class WrapToken {
    private static final int HEADER = 16;
    private static final int CONFOUNDER = 16;

    /** Length of a verifier without filler. */
    static final int VERIFIER = HEADER + HEADER + AesSha1.CODE + CONFOUNDER;

    private static final int ROTATION = HEADER + AesSha1.CODE;
    private static final int MAX_FILLER = 64;
    private static final short TOKEN_ID = 0x0504;
    private static final int FROM_ACCEPTOR = 1;
    private static final int SEALED = 2;
    private static final int ACCEPTOR_SUBKEY = 4;
    private static final int SECURITY_TRAILER = 8;

    private final AesSha1 key;
    private final byte flags;
    private long sequence;
    private boolean headerSigning;

    /** The direction with its key usage. */
    enum Sender {
        INITIATOR(24, 0),
        ACCEPTOR(22, FROM_ACCEPTOR);

        private final int usage;
        private final int flag;

        Sender(int usage, int flag) {
            this.usage = usage;
            this.flag = flag;
        }
    }

    WrapToken(Sender sender, SessionKey key, boolean acceptorSubkey, long firstSequence) {
        this.key = new AesSha1(key.value(), sender.usage);
        this.flags = (byte) (SEALED | sender.flag | (acceptorSubkey ? ACCEPTOR_SUBKEY : 0));
        this.sequence = firstSequence;
    }

    void useHeaderSigning(boolean inForce) {
        headerSigning = inForce;
    }

    /** Seals without filler, so the verifier has {@link #VERIFIER} bytes. */
    void seal(byte[] pdu, int start, int stub, int length, SecureRandom random) {
        byte[] plain = new byte[CONFOUNDER + length + HEADER];
        byte[] confounder = new byte[CONFOUNDER];
        random.nextBytes(confounder);
        System.arraycopy(confounder, 0, plain, 0, CONFOUNDER);
        System.arraycopy(pdu, stub, plain, CONFOUNDER, length);
        System.arraycopy(header(0, 0), 0, plain, CONFOUNDER + length, HEADER);
        byte[] code = code(plain, length, pdu, start, stub);
        byte[] cipher = key.cipher().encrypt(plain);
        Arrays.fill(plain, (byte) 0);
        System.arraycopy(cipher, CONFOUNDER, pdu, stub, length);
        ByteBuffer verifier = ByteBuffer.wrap(pdu, stub + length + SECURITY_TRAILER, VERIFIER);
        verifier.put(header(0, ROTATION)).put(cipher, CONFOUNDER + length, HEADER);
        verifier.put(code).put(cipher, 0, CONFOUNDER);
        sequence++;
    }

    void unseal(byte[] buffer, int start, int stub, int length, int verifierLength)
            throws ProtectionException {
        int filler = verifierLength - VERIFIER;
        int verifier = stub + length + SECURITY_TRAILER;
        if (filler < 0 || filler > MAX_FILLER) {
            throw new ProtectionException("a Kerberos verifier of " + verifierLength + " bytes");
        }
        if (!matches(buffer, verifier, header(filler, ROTATION))) {
            throw new ProtectionException(
                    "a reply fragment is not sealed as agreed, or not the next one in sequence "
                            + sequence);
        }
        int stolen = filler + HEADER;
        byte[] cipher = new byte[CONFOUNDER + length + stolen];
        System.arraycopy(buffer, verifier + HEADER + stolen + AesSha1.CODE, cipher, 0, CONFOUNDER);
        System.arraycopy(buffer, stub, cipher, CONFOUNDER, length);
        System.arraycopy(buffer, verifier + HEADER, cipher, CONFOUNDER + length, stolen);
        byte[] plain = key.cipher().decrypt(cipher);
        byte[] code = code(plain, length, buffer, start, stub);
        if (!matches(buffer, verifier + HEADER + stolen, code)
                || !matches(plain, plain.length - HEADER, header(filler, 0))) {
            throw new ProtectionException("the integrity code of a reply fragment is wrong");
        }
        System.arraycopy(plain, CONFOUNDER, buffer, stub, length);
        Arrays.fill(plain, (byte) 0);
        sequence++;
    }

    /**
     * Covers the fragment's own header and security trailer too when header signing is in force.
     */
    private byte[] code(byte[] plain, int length, byte[] pdu, int start, int stub) {
        Mac mac = key.mac();
        mac.update(plain, 0, CONFOUNDER);
        if (headerSigning) {
            mac.update(pdu, start, stub - start);
        }
        mac.update(plain, CONFOUNDER, length);
        if (headerSigning) {
            mac.update(pdu, stub + length, SECURITY_TRAILER);
        }
        mac.update(plain, CONFOUNDER + length, plain.length - CONFOUNDER - length);
        return Arrays.copyOf(mac.doFinal(), AesSha1.CODE);
    }

    private byte[] header(int filler, int rotation) {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER).putShort(TOKEN_ID).put(flags).put((byte) 0xff);
        return header.putShort((short) filler).putShort((short) rotation).putLong(sequence).array();
    }

    private static boolean matches(byte[] buffer, int offset, byte[] expected) {
        return MessageDigest.isEqual(
                Arrays.copyOfRange(buffer, offset, offset + expected.length), expected);
    }
}
