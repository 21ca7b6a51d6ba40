/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import io.passbridge.connector.ad.legacy.HmacMd5;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.legacy.Rc4;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The other side of NTLM, as a domain controller plays it; checks all that the client must send.
 */
public final class NtlmAcceptor {
    private static final byte[] SERVER_CHALLENGE = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final int MIC = 72;

    private final LegacyPrimitives legacy;
    private final byte[] responseKey;
    private final int flags;
    private byte[] negotiate = {};
    private byte[] challenge = {};
    private byte[] exportedKey = {};
    private MessageSeal sending;
    private MessageSeal receiving;

    public NtlmAcceptor(
            LegacyPrimitives legacy,
            String user,
            String domain,
            String password,
            int withoutFlags) {
        this.legacy = legacy;
        this.flags = NegotiateFlags.OFFERED & ~withoutFlags;
        this.responseKey =
                NtlmV2.responseKey(
                        legacy, password.getBytes(StandardCharsets.UTF_16LE), user, domain);
    }

    public byte[] challenge(byte[] fromClient) {
        negotiate = fromClient.clone();
        Map<Integer, byte[]> pairs = new TreeMap<>();
        pairs.put(
                TargetInfo.DNS_COMPUTER_NAME,
                "dc1.corp.example".getBytes(StandardCharsets.UTF_16LE));
        pairs.put(TargetInfo.TIMESTAMP, new byte[Long.BYTES]);
        byte[] info = new TargetInfo(pairs).toBytes();
        NdrWriter out =
                new NdrWriter().bytes(Challenge.SIGNATURE).i32(2).bytes(new byte[8]).i32(flags);
        out.bytes(SERVER_CHALLENGE)
                .bytes(new byte[8])
                .u16(info.length)
                .u16(info.length)
                .i32(56)
                .bytes(new byte[8]);
        challenge = out.bytes(info).toBytes();
        return challenge.clone();
    }

    /** Whether the proof and the integrity code of the client's last message are right. */
    public boolean complete(byte[] message) throws IOException {
        byte[] response = field(message, 20);
        byte[] blob = Arrays.copyOfRange(response, 16, response.length);
        byte[] proof;
        byte[] baseKey;
        try (HmacMd5 mac = legacy.hmacMd5(responseKey)) {
            proof = mac.update(SERVER_CHALLENGE).update(blob).doFinal();
            baseKey = mac.update(proof).doFinal();
        }
        exportedKey = field(message, 52);
        try (Rc4 rc4 = legacy.rc4(baseKey)) {
            rc4.apply(exportedKey, 0, exportedKey.length);
        }
        byte[] without = message.clone();
        Arrays.fill(without, MIC, MIC + 16, (byte) 0);
        byte[] code;
        try (HmacMd5 mac = legacy.hmacMd5(exportedKey)) {
            code = mac.update(negotiate).update(challenge).update(without).doFinal();
        }
        sending = new MessageSeal(legacy, exportedKey, MessageSeal.Sender.SERVER);
        receiving = new MessageSeal(legacy, exportedKey, MessageSeal.Sender.CLIENT);
        return Arrays.equals(proof, Arrays.copyOf(response, 16))
                && Arrays.equals(code, Arrays.copyOfRange(message, MIC, MIC + 16));
    }

    private static byte[] field(byte[] message, int at) throws IOException {
        NdrReader in = new NdrReader(message);
        in.skip(at);
        int length = in.u16();
        in.u16();
        int offset = in.i32();
        return Arrays.copyOfRange(message, offset, offset + length);
    }

    public boolean open(byte[] pdu, int stub, int length) {
        return receiving.unseal(pdu, 0, stub + length + 8, stub, length);
    }

    public void seal(byte[] pdu, int stub, int length) {
        sending.seal(pdu, 0, stub + length + 8, stub, length);
    }

    public byte[] sessionKey() {
        return exportedKey.clone();
    }
}
