/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import java.util.Arrays;

/**
 * CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2).
 *
 * @param serverChallenge 8 bytes
 */
record Challenge(int flags, byte[] serverChallenge, TargetInfo targetInfo) {
    static final byte[] SIGNATURE = {'N', 'T', 'L', 'M', 'S', 'S', 'P', 0};
    static final int TYPE = 2;

    private static final int TARGET_INFO_LIMIT = 1 << 13;

    /** Reads the message and refuses one that grants less than is required. */
    static Challenge parse(byte[] message) throws NdrException, NtlmException {
        NdrReader in = new NdrReader(message);
        if (!Arrays.equals(in.bytes(SIGNATURE.length), SIGNATURE) || in.i32() != TYPE) {
            throw new NtlmException("the peer's token is no NTLM challenge");
        }
        in.skip(Long.BYTES);
        int flags = in.i32();
        byte[] challenge = in.bytes(Long.BYTES);
        in.skip(Long.BYTES);
        int missing = NegotiateFlags.REQUIRED & ~flags;
        if (missing != 0) {
            throw new NtlmException(
                    String.format(
                            "the peer does not grant the required protection, missing flags 0x%08x",
                            missing));
        }
        int length = in.u16();
        in.u16();
        long offset = in.u32();
        if (length > TARGET_INFO_LIMIT || offset + length > message.length) {
            throw new NtlmException(
                    "target information of "
                            + length
                            + " bytes at "
                            + offset
                            + " is out of bounds");
        }
        byte[] info = Arrays.copyOfRange(message, (int) offset, (int) offset + length);
        return new Challenge(flags, challenge, TargetInfo.parse(info));
    }
}
