/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;

/**
 * Encodes bind, alter context and AUTH3, and reads the answers (C706 12.6.4; MS-RPCE 2.2.2.4 to
 * 2.2.2.6).
 */
final class BindMessages {
    /** What this side takes and sends at most, as every Windows does. */
    static final int MAX_FRAGMENT = 5840;

    /** Packet privacy, RPC_C_AUTHN_LEVEL_PKT_PRIVACY. */
    static final int PRIVACY = 6;

    static final int AUTH_CONTEXT = 1;
    private static final int LEAST_FRAGMENT = 1432;

    private BindMessages() {}

    /** A bind or alter context of one presentation context with the number 0. */
    static byte[] bind(
            int type, int flags, int callId, RpcInterface target, int authType, byte[] token) {
        NdrWriter out = new NdrWriter();
        header(out, type, flags, callId);
        out.u16(MAX_FRAGMENT).u16(MAX_FRAGMENT).i32(0);
        out.u8(1).u8(0).u16(0);
        out.u16(0).u8(1).u8(0);
        out.uuid(target.uuid()).i32(target.version());
        out.uuid(RpcInterface.NDR.uuid()).i32(RpcInterface.NDR.version());
        return authenticated(out, authType, token);
    }

    /** The third leg without an answer (MS-RPCE 2.2.2.5). */
    static byte[] auth3(int callId, int authType, byte[] token) {
        NdrWriter out = new NdrWriter();
        header(out, Fragment.AUTH3, 0, callId);
        out.i32(0);
        return authenticated(out, authType, token);
    }

    /** A message of nothing but a header: cancel and orphaned. */
    static byte[] bare(int type, int callId) {
        NdrWriter out = new NdrWriter();
        header(out, type, 0, callId);
        return withLength(out.toBytes(), 0);
    }

    /**
     * Checks that the one offered context was accepted (C706 12.6.4.4).
     *
     * @return the largest fragment that the peer receives
     */
    static int accepted(Fragment ack) throws NdrException, RpcFaultException {
        NdrReader in = ack.body();
        in.u16();
        int peerReceives = in.u16();
        in.i32();
        in.skip(in.u16());
        in.align(Integer.BYTES);
        int results = in.u8();
        in.skip(3);
        if (results != 1) {
            throw new NdrException(results + " results for one offered context");
        }
        int result = in.u16();
        int reason = in.u16();
        if (result != 0) {
            throw RpcFaultException.refusedBind(
                    "the interface was refused with result " + result + ", reason", reason);
        }
        RpcInterface syntax = syntax(in);
        if (!syntax.equals(RpcInterface.NDR)) {
            throw new NdrException("transfer syntax " + syntax.uuid() + " was not offered");
        }
        if (peerReceives < LEAST_FRAGMENT) {
            throw new NdrException(
                    "the peer receives fragments of "
                            + peerReceives
                            + " bytes; at least 1432 are required");
        }
        return Math.min(peerReceives, MAX_FRAGMENT);
    }

    private static RpcInterface syntax(NdrReader in) throws NdrException {
        return new RpcInterface(in.uuid(), in.u16(), in.u16());
    }

    static void header(NdrWriter out, int type, int flags, int callId) {
        out.u8(5).u8(0).u8(type).u8(Fragment.FIRST | Fragment.LAST | flags);
        out.i32(0x10).u16(0).u16(0).i32(callId);
    }

    private static byte[] authenticated(NdrWriter out, int authType, byte[] token) {
        if (token.length == 0) {
            return withLength(out.toBytes(), 0);
        }
        int before = out.length();
        out.align(Integer.BYTES);
        trailer(out, authType, out.length() - before);
        return withLength(out.bytes(token).toBytes(), token.length);
    }

    static void trailer(NdrWriter out, int authType, int padding) {
        out.u8(authType).u8(PRIVACY).u8(padding).u8(0).i32(AUTH_CONTEXT);
    }

    /** Fills in the two lengths of the common header. */
    static byte[] withLength(byte[] pdu, int authLength) {
        pdu[8] = (byte) pdu.length;
        pdu[9] = (byte) (pdu.length >>> 8);
        pdu[10] = (byte) authLength;
        pdu[11] = (byte) (authLength >>> 8);
        return pdu;
    }
}
