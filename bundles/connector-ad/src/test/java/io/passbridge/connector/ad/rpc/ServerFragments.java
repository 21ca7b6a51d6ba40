/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds and reads fragments as a server does. */
public final class ServerFragments {
    public static final int STUB = Fragment.RESPONSE_HEADER;
    public static final int AUTH_TYPE_NTLM = 10;

    private static final int PIECE = 4096;
    private static final int VERIFIER = 16;

    private ServerFragments() {}

    public static byte[] read(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(Fragment.HEADER);
        if (head.length < Fragment.HEADER) {
            return new byte[0];
        }
        int length = head[8] & 0xff | (head[9] & 0xff) << 8;
        byte[] pdu = Arrays.copyOf(head, length);
        in.readFully(pdu, Fragment.HEADER, length - Fragment.HEADER);
        return pdu;
    }

    public static int type(byte[] pdu) {
        return pdu[2];
    }

    public static int callId(byte[] pdu) {
        return pdu[12] & 0xff | (pdu[13] & 0xff) << 8 | (pdu[14] & 0xff) << 16 | pdu[15] << 24;
    }

    public static byte[] token(byte[] pdu) {
        int length = pdu[10] & 0xff | (pdu[11] & 0xff) << 8;
        return Arrays.copyOfRange(pdu, pdu.length - length, pdu.length);
    }

    public static boolean isBind(byte[] pdu) {
        return type(pdu) == Fragment.BIND;
    }

    public static boolean isAuth3(byte[] pdu) {
        return type(pdu) == Fragment.AUTH3;
    }

    public static boolean isRequest(byte[] pdu) {
        return type(pdu) == Fragment.REQUEST;
    }

    public static boolean isLast(byte[] pdu) {
        return (pdu[3] & Fragment.LAST) != 0;
    }

    public static int operation(byte[] pdu) {
        return pdu[22];
    }

    public static byte[] bindAck(int callId, int flags, byte[] token) {
        NdrWriter out = new NdrWriter();
        BindMessages.header(out, Fragment.BIND_ACK, flags, callId);
        out.u16(5840)
                .u16(5840)
                .i32(77)
                .u16(6)
                .bytes("49152\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.align(4).u8(1).u8(0).u16(0).u16(0).u16(0);
        out.uuid(RpcInterface.NDR.uuid()).i32(RpcInterface.NDR.version());
        out.align(4);
        BindMessages.trailer(out, AUTH_TYPE_NTLM, 0);
        return BindMessages.withLength(out.bytes(token).toBytes(), token.length);
    }

    public static byte[] fault(int callId, int status) {
        NdrWriter out = new NdrWriter();
        BindMessages.header(out, Fragment.FAULT, 0, callId);
        out.i32(0).i32(0).i32(status).i32(0);
        return BindMessages.withLength(out.toBytes(), 0);
    }

    /** Unsealed fragments with room for a verifier; the stub of each is padded. */
    public static List<byte[]> response(int callId, byte[] stub) {
        List<byte[]> all = new ArrayList<>();
        int offset = 0;
        do {
            int count = Math.min(PIECE, stub.length - offset);
            int padded = count + 15 & -16;
            int flags =
                    (offset == 0 ? Fragment.FIRST : 0)
                            | (offset + count == stub.length ? Fragment.LAST : 0);
            NdrWriter out = new NdrWriter();
            BindMessages.header(out, Fragment.RESPONSE, 0, callId);
            out.i32(stub.length - offset)
                    .i32(0)
                    .bytes(Arrays.copyOfRange(stub, offset, offset + padded));
            BindMessages.trailer(out, AUTH_TYPE_NTLM, padded - count);
            byte[] pdu = BindMessages.withLength(out.bytes(new byte[VERIFIER]).toBytes(), VERIFIER);
            pdu[3] = (byte) flags;
            all.add(pdu);
            offset += count;
        } while (offset < stub.length);
        return all;
    }

    /** Length of the padded stub of a sealed fragment. */
    public static int stubLength(byte[] pdu) {
        return pdu.length - STUB - Fragment.SECURITY_TRAILER - VERIFIER;
    }

    /** The stub of an opened request without its padding. */
    public static byte[] stub(byte[] pdu) {
        int end = STUB + stubLength(pdu);
        return Arrays.copyOfRange(pdu, STUB, end - (pdu[end + 2] & 0xff));
    }
}
