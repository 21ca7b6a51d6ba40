/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;

/**
 * A received protocol data unit inside a buffer (C706 12.6.3.1, common fields; MS-RPCE 2.2.2).
 * Valid until the next one is read.
 *
 * @param start where it begins in the buffer
 * @param length its whole length
 * @param authLength length of the verifier; 0 if there is no security trailer
 */
record Fragment(
        byte[] buffer, int start, int type, int flags, int length, int authLength, int callId) {
    static final int HEADER = 16;
    static final int RESPONSE_HEADER = 24;
    static final int SECURITY_TRAILER = 8;

    static final int REQUEST = 0;
    static final int RESPONSE = 2;
    static final int FAULT = 3;
    static final int BIND = 11;
    static final int BIND_ACK = 12;
    static final int BIND_NAK = 13;
    static final int ALTER_CONTEXT = 14;
    static final int ALTER_CONTEXT_RESPONSE = 15;
    static final int AUTH3 = 16;
    static final int CANCEL = 18;
    static final int ORPHANED = 19;

    static final int FIRST = 0x01;
    static final int LAST = 0x02;

    /**
     * On bind and alter context only (MS-RPCE 2.2.2.3); the same bit means 'cancel pending' on a
     * request.
     */
    static final int HEADER_SIGNING = 0x04;

    private static final int MAJOR_VERSION = 5;

    /** Little-endian integers, ASCII characters, IEEE floating point. */
    private static final int LITTLE_ENDIAN = 0x10;

    /**
     * Reads the common header and checks it; the fragment may not yet be complete in the buffer.
     */
    static Fragment parse(byte[] buffer, int start, int maxLength) throws NdrException {
        NdrReader in = new NdrReader(buffer, start, HEADER);
        int major = in.u8();
        int minor = in.u8();
        int type = in.u8();
        int flags = in.u8();
        int representation = in.i32();
        int length = in.u16();
        int authLength = in.u16();
        int callId = in.i32();
        if (major != MAJOR_VERSION || minor > 1) {
            throw new NdrException("RPC version " + major + "." + minor + " instead of 5.0");
        }
        if (representation != LITTLE_ENDIAN) {
            throw new NdrException(
                    String.format(
                            "data representation 0x%08x instead of little-endian", representation));
        }
        int least = authLength == 0 ? HEADER : HEADER + SECURITY_TRAILER + authLength;
        if (length < least || length > maxLength) {
            throw new NdrException(
                    "a fragment of "
                            + length
                            + " bytes; "
                            + least
                            + " to "
                            + maxLength
                            + " are possible");
        }
        return new Fragment(buffer, start, type, flags, length, authLength, callId);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Where the security trailer begins, or the end if there is none. */
    int bodyEnd() {
        return start + length - (authLength == 0 ? 0 : authLength + SECURITY_TRAILER);
    }

    /**
     * Reads what lies between the common header and the security trailer; alignment is that of the
     * whole unit.
     */
    NdrReader body() throws NdrException {
        NdrReader in = new NdrReader(buffer, start, bodyEnd() - start);
        in.skip(HEADER);
        return in;
    }

    /** The authentication token behind the security trailer, which must be of the expected kind. */
    byte[] token(int authType, int level, int contextId) throws NdrException, ProtectionException {
        if (authLength == 0) {
            return new byte[0];
        }
        trailer(authType, level, contextId);
        return new NdrReader(buffer, start + length - authLength, authLength).bytes(authLength);
    }

    /**
     * Checks the security trailer (MS-RPCE 2.2.2.11) and gives the length of the padding before it.
     */
    int trailer(int authType, int level, int contextId) throws NdrException, ProtectionException {
        NdrReader in = new NdrReader(buffer, bodyEnd(), SECURITY_TRAILER);
        int theirType = in.u8();
        int theirLevel = in.u8();
        int padding = in.u8();
        in.u8();
        int theirContext = in.i32();
        if (theirType != authType || theirLevel != level || theirContext != contextId) {
            throw new ProtectionException(
                    "a reply came with authentication type "
                            + theirType
                            + ", level "
                            + theirLevel
                            + ", context "
                            + theirContext
                            + " instead of "
                            + authType
                            + ", "
                            + level
                            + ", "
                            + contextId);
        }
        return padding;
    }
}
