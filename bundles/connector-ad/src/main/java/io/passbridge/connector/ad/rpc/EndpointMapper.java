/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;

/**
 * Asks the endpoint mapper for the TCP port of an interface (C706 appendix O, ept_map; MS-RPCE
 * 2.2.1.2).
 */
public final class EndpointMapper {
    private static final RpcInterface SELF =
            new RpcInterface(UUID.fromString("e1af8308-5d1f-11c9-91a4-08002b14a0fa"), 3, 0);
    private static final int EPT_MAP = 3;
    private static final int MAX_REPLY = 1 << 16;
    private static final int MAX_TOWERS = 16;
    private static final int MAX_TOWER = 2048;
    private static final int MAX_FLOORS = 32;
    private static final int PROTOCOL_UUID = 0x0d;
    private static final int PROTOCOL_RPC = 0x0b;
    private static final int PROTOCOL_TCP = 0x07;
    private static final int PROTOCOL_IP = 0x09;

    private EndpointMapper() {}

    /**
     * The port at which the interface listens.
     *
     * @throws IOException also if the mapper does not know the interface
     */
    public static int port(
            InetSocketAddress mapper, RpcInterface wanted, Duration connect, Duration call)
            throws IOException {
        try (RpcConnection connection = RpcConnection.connect(mapper, connect, MAX_REPLY)) {
            connection.bind(SELF, call);
            try (RpcReply reply = connection.call(EPT_MAP, request(wanted), call)) {
                return port(reply.reader());
            }
        }
    }

    private static NdrWriter request(RpcInterface wanted) {
        byte[] tower = tower(wanted);
        NdrWriter out = new NdrWriter();
        out.pointer(true).uuid(new UUID(0, 0));
        out.pointer(true).i32(tower.length).i32(tower.length).bytes(tower);
        out.align(Integer.BYTES).bytes(new byte[20]);
        return out.i32(MAX_TOWERS);
    }

    /** A protocol tower of five floors (C706 appendix I); not aligned inside. */
    private static byte[] tower(RpcInterface wanted) {
        NdrWriter out = new NdrWriter();
        little16(out, 5);
        syntax(out, wanted);
        syntax(out, RpcInterface.NDR);
        floor(out, PROTOCOL_RPC, 0, 0);
        floor(out, PROTOCOL_TCP, 0, 135);
        floor(out, PROTOCOL_IP, 0, 0, 0, 0);
        return out.toBytes();
    }

    private static void syntax(NdrWriter out, RpcInterface id) {
        little16(out, RpcInterface.BYTES - 1);
        NdrWriter uuid = new NdrWriter().uuid(id.uuid());
        out.u8(PROTOCOL_UUID).bytes(uuid.toBytes());
        little16(out, id.major());
        little16(out, Short.BYTES);
        little16(out, id.minor());
    }

    private static void floor(NdrWriter out, int protocol, int... address) {
        little16(out, 1);
        out.u8(protocol);
        little16(out, address.length);
        for (int octet : address) {
            out.u8(octet);
        }
    }

    private static void little16(NdrWriter out, int value) {
        out.u8(value).u8(value >>> 8);
    }

    static int port(NdrReader in) throws IOException {
        in.skip(20);
        int count = in.count(0, MAX_TOWERS, "towers");
        in.sameCountOrMore(count, MAX_TOWERS, "towers");
        in.u32();
        in.sameCount(count, "towers");
        boolean[] present = new boolean[count];
        for (int i = 0; i < count; i++) {
            present[i] = in.pointer();
        }
        int port = 0;
        for (int i = 0; i < count; i++) {
            if (present[i]) {
                int length = in.count(1, MAX_TOWER, "tower bytes");
                in.sameCount(length, "tower bytes");
                int found = tcpPort(new NdrReader(in.bytes(length)));
                port = port == 0 ? found : port;
            }
        }
        int status = in.i32();
        if (status != 0) {
            throw new RpcFaultException(
                    "the endpoint mapper does not know the interface, status", status);
        }
        if (port == 0) {
            throw new NdrException("the endpoint mapper gave no TCP port for the interface");
        }
        return port;
    }

    private static int tcpPort(NdrReader tower) throws NdrException {
        int port = 0;
        int floors = unaligned16(tower);
        if (floors > MAX_FLOORS) {
            throw new NdrException(
                    "a tower of " + floors + " floors; " + MAX_FLOORS + " are possible");
        }
        for (int i = 0; i < floors; i++) {
            NdrReader left = new NdrReader(tower.bytes(unaligned16(tower)));
            NdrReader right = new NdrReader(tower.bytes(unaligned16(tower)));
            if (left.remaining() == 1
                    && left.u8() == PROTOCOL_TCP
                    && right.remaining() == Short.BYTES) {
                port = right.u8() << 8 | right.u8();
            }
        }
        return port;
    }

    private static int unaligned16(NdrReader in) throws NdrException {
        return in.u8() | in.u8() << 8;
    }
}
