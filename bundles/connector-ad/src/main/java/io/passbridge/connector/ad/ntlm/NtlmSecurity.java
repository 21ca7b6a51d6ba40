/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import io.passbridge.connector.ad.legacy.HmacMd5;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.legacy.Rc4;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.rpc.ProtectionException;
import io.passbridge.connector.ad.rpc.RpcSecurity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * NTLM version 2 as a client of packet privacy (MS-NLMP 3.1.5): message integrity code, extended
 * session security, 128-bit key exchange. Holds the response key, never the password.
 */
public final class NtlmSecurity implements RpcSecurity {
    /** RPC_C_AUTHN_WINNT. */
    private static final int AUTH_TYPE = 10;

    private static final int KEY = 16;
    private static final byte[] VERSION = {6, 1, (byte) 0xb1, 0x1d, 0, 0, 0, 15};
    private static final int LM_RESPONSE = 24;
    private static final int HEADER = 88;
    private static final int MIC = 72;
    private static final long TICKS_A_MILLI = 10_000;
    private static final long MILLIS_1601_TO_1970 = 11_644_473_600_000L;

    private final LegacyPrimitives legacy;
    private final byte[] responseKey;
    private final String user;
    private final String domain;
    private final String servicePrincipal;
    private final SecureRandom random;
    private final Clock clock;
    private byte[] negotiate = {};
    private byte[] exportedKey = {};
    private Optional<MessageSeal> sending = Optional.empty();
    private Optional<MessageSeal> receiving = Optional.empty();

    /**
     * @param passwordUtf16 the password in UTF-16LE; not kept, the caller wipes it
     * @param servicePrincipal the name the client means to reach, such as {@code
     *     ldap/dc1.corp.example}
     */
    public NtlmSecurity(
            LegacyPrimitives legacy,
            String user,
            String domain,
            byte[] passwordUtf16,
            String servicePrincipal,
            SecureRandom random,
            Clock clock) {
        this.legacy = legacy;
        this.user = user;
        this.domain = domain;
        this.servicePrincipal = servicePrincipal;
        this.random = random;
        this.clock = clock;
        this.responseKey = NtlmV2.responseKey(legacy, passwordUtf16, user, domain);
    }

    @Override
    public int authType() {
        return AUTH_TYPE;
    }

    @Override
    public String cipher() {
        return "NTLM version 2, RC4 with a 128-bit key and HMAC-MD5";
    }

    @Override
    public byte[] firstToken() {
        NdrWriter out =
                new NdrWriter().bytes(Challenge.SIGNATURE).i32(1).i32(NegotiateFlags.OFFERED);
        negotiate = out.i64(0).i64(0).bytes(VERSION).toBytes();
        return negotiate.clone();
    }

    @Override
    public byte[] secondToken(byte[] fromServer) throws IOException {
        Challenge challenge = Challenge.parse(fromServer);
        Optional<byte[]> stamp = challenge.targetInfo().timestamp();
        byte[] clientChallenge = new byte[Long.BYTES];
        random.nextBytes(clientChallenge);
        NtlmV2.Response response =
                NtlmV2.respond(
                        legacy,
                        responseKey,
                        challenge.serverChallenge(),
                        clientChallenge,
                        stamp.orElseGet(this::now),
                        challenge.targetInfo().answered(servicePrincipal).toBytes());
        exportedKey = new byte[KEY];
        random.nextBytes(exportedKey);
        byte[] encryptedKey = exportedKey.clone();
        try (Rc4 exchange = legacy.rc4(response.sessionBaseKey())) {
            exchange.apply(encryptedKey, 0, KEY);
        }
        LegacyPrimitives.wipe(response.sessionBaseKey());
        int flags = challenge.flags() & NegotiateFlags.OFFERED;
        byte[] message = authenticate(flags, response.ntResponse(), encryptedKey);
        try (HmacMd5 mac = legacy.hmacMd5(exportedKey)) {
            mac.update(negotiate).update(fromServer).update(message).doFinal(message, MIC);
        }
        return message;
    }

    /** AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3) with a zero integrity code. */
    private byte[] authenticate(int flags, byte[] ntResponse, byte[] encryptedKey) {
        byte[][] payload = {
            new byte[LM_RESPONSE],
            ntResponse,
            domain.getBytes(StandardCharsets.UTF_16LE),
            user.getBytes(StandardCharsets.UTF_16LE),
            new byte[0],
            encryptedKey
        };
        NdrWriter out = new NdrWriter().bytes(Challenge.SIGNATURE).i32(3);
        int offset = HEADER;
        for (byte[] field : payload) {
            out.u16(field.length).u16(field.length).i32(offset);
            offset += field.length;
        }
        out.i32(flags).bytes(VERSION).bytes(new byte[KEY]);
        for (byte[] field : payload) {
            out.bytes(field);
        }
        return out.toBytes();
    }

    private byte[] now() {
        long ticks = (clock.millis() + MILLIS_1601_TO_1970) * TICKS_A_MILLI;
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(ticks)
                .array();
    }

    @Override
    public boolean thirdLegIsAnswered() {
        return false;
    }

    // with extended session security the signature covers the headers in any case
    @Override
    public void established(boolean headerSigning) {
        sending = Optional.of(new MessageSeal(legacy, exportedKey, MessageSeal.Sender.CLIENT));
        receiving = Optional.of(new MessageSeal(legacy, exportedKey, MessageSeal.Sender.SERVER));
        LegacyPrimitives.wipe(responseKey);
    }

    @Override
    public int verifierLength() {
        return MessageSeal.SIGNATURE;
    }

    @Override
    public void seal(byte[] pdu, int stub, int stubLength) {
        sending.orElseThrow().seal(pdu, 0, stub + stubLength + TRAILER, stub, stubLength);
    }

    @Override
    public void unseal(byte[] buffer, int start, int stub, int stubLength, int verifierLength)
            throws ProtectionException {
        if (verifierLength != MessageSeal.SIGNATURE) {
            throw new ProtectionException(
                    "a signature of " + verifierLength + " bytes instead of 16");
        }
        int end = stub + stubLength + TRAILER;
        if (!receiving.orElseThrow().unseal(buffer, start, end, stub, stubLength)) {
            throw new ProtectionException(
                    "the signature of a reply fragment is wrong, or it was sent before");
        }
    }

    @Override
    public List<byte[]> sessionKeys() {
        return List.of(exportedKey.clone());
    }

    @Override
    public void close() {
        LegacyPrimitives.wipe(responseKey, exportedKey);
        sending.ifPresent(MessageSeal::close);
        receiving.ifPresent(MessageSeal::close);
    }
}
