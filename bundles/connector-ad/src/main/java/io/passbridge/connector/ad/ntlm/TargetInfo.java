/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attribute-value pairs of a challenge (MS-NLMP 2.2.2.1, AV_PAIR), in their order.
 *
 * @param pairs values by AvId, not to be changed
 */
record TargetInfo(Map<Integer, byte[]> pairs) {
    static final int DNS_COMPUTER_NAME = 3;
    static final int FLAGS = 6;
    static final int TIMESTAMP = 7;
    static final int TARGET_NAME = 9;
    static final int CHANNEL_BINDINGS = 10;

    private static final int END = 0;
    private static final int MAX_PAIRS = 64;
    private static final int MIC_PRESENT = 0x2;
    private static final int HASH = 16;

    static TargetInfo parse(byte[] bytes) throws NdrException, NtlmException {
        NdrReader in = new NdrReader(bytes);
        Map<Integer, byte[]> pairs = new LinkedHashMap<>();
        while (pairs.size() < MAX_PAIRS) {
            int id = in.u8() | in.u8() << 8;
            int length = in.u8() | in.u8() << 8;
            if (id == END) {
                return new TargetInfo(pairs);
            }
            if (pairs.put(id, in.bytes(length)) != null) {
                throw new NtlmException("target information holds attribute " + id + " twice");
            }
        }
        throw new NtlmException("target information of more than " + MAX_PAIRS + " attributes");
    }

    /** The server's clock, if it sent it. */
    Optional<byte[]> timestamp() throws NtlmException {
        byte[] value = pairs.get(TIMESTAMP);
        if (value != null && value.length != Long.BYTES) {
            throw new NtlmException("a time stamp of " + value.length + " bytes");
        }
        return Optional.ofNullable(value);
    }

    /**
     * What the client returns: the same, a promise of an integrity code, and the name it meant to
     * reach.
     */
    TargetInfo answered(String servicePrincipal) {
        Map<Integer, byte[]> answer = new LinkedHashMap<>(pairs);
        answer.put(FLAGS, new byte[] {MIC_PRESENT, 0, 0, 0});
        answer.put(CHANNEL_BINDINGS, new byte[HASH]);
        answer.put(TARGET_NAME, servicePrincipal.getBytes(StandardCharsets.UTF_16LE));
        return new TargetInfo(answer);
    }

    byte[] toBytes() {
        NdrWriter out = new NdrWriter();
        pairs.forEach(
                (id, value) ->
                        out.u8(id)
                                .u8(id >>> 8)
                                .u8(value.length)
                                .u8(value.length >>> 8)
                                .bytes(value));
        return out.bytes(new byte[4]).toBytes();
    }
}
