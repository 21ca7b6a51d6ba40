/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The AP exchange in DCE style as a client: AP-REQ, AP-REP, and an AP-REP back (RFC 4120 section
 * 5.5, RFC 4121 section 4.1.1, MS-KILE 3.4.5.1). The tokens travel without the GSS frame.
 */
final class ApExchange {
    private static final int AP_REP = 15;
    private static final int ENC_AP_REP_PART = 27;
    private static final int USAGE_AUTHENTICATOR = 11;
    private static final int USAGE_AP_REP = 12;
    private static final int GSS_CHECKSUM = 0x8003;

    /** DCE style, integrity, confidentiality, sequence, replay, mutual. */
    private static final int GSS_FLAGS = 0x103e;

    private static final byte[] MUTUAL_REQUIRED = {0, 0x20, 0, 0, 0};
    private static final int CHECKSUM = 24;

    private final ServiceTicket ticket;
    private final SessionKey ticketKey;
    private final SecureRandom random;
    private final Instant now;
    private final long ownSequence;

    /**
     * What both sides hold after the exchange.
     *
     * @param subkey the acceptor's subkey, or the ticket's key if it chose none
     * @param acceptorSubkey whether the acceptor chose one
     * @param thirdToken the token that the acceptor still waits for
     */
    record Result(
            SessionKey subkey,
            boolean acceptorSubkey,
            long ownSequence,
            long peerSequence,
            byte[] thirdToken) {}

    ApExchange(ServiceTicket ticket, SecureRandom random, Clock clock) throws KerberosException {
        this.ticket = ticket;
        this.ticketKey = SessionKey.checked(ticket.keyType(), ticket.sessionKey());
        this.random = random;
        this.now = clock.instant();
        this.ownSequence = random.nextInt() & 0x3fff_ffffL;
    }

    byte[] request() {
        ByteBuffer checksum = ByteBuffer.allocate(CHECKSUM).order(ByteOrder.LITTLE_ENDIAN);
        checksum.putInt(16).position(20).putInt(GSS_FLAGS);
        byte[] gssChecksum =
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(GSS_CHECKSUM)),
                        Der.member(1, Der.value(Der.OCTET_STRING, checksum.array())));
        return new ApRequest(
                        MUTUAL_REQUIRED,
                        USAGE_AUTHENTICATOR,
                        gssChecksum,
                        now,
                        OptionalLong.of(ownSequence))
                .with(ticket, ticketKey, random);
    }

    /**
     * Verifies the acceptor's AP-REP, which proves that it holds the service's key, and answers it.
     */
    Result complete(byte[] reply) throws KerberosException {
        Optional<KrbError> error = KrbError.of(reply);
        if (error.isPresent()) {
            throw new KerberosException(
                    "the controller answered with " + error.get().words(), error.get().code());
        }
        DerReader message = new DerReader(reply).application(AP_REP).value(Der.SEQUENCE);
        if (message.member(0).integer() != ApRequest.PVNO
                || message.member(1).integer() != AP_REP) {
            throw new KerberosException("the peer's token is no AP-REP");
        }
        DerReader data = message.member(2).value(Der.SEQUENCE);
        long type = data.member(0).integer();
        if (type != ticketKey.type()) {
            throw new KerberosException(
                    "AP-REP in encryption type " + type + " instead of " + ticketKey.type());
        }
        if (data.at(1)) {
            data.member(1);
        }
        byte[] opened =
                new AesSha1(ticketKey.value(), USAGE_AP_REP).decrypt(data.member(2).octets());
        DerReader part = new DerReader(opened).application(ENC_AP_REP_PART).value(Der.SEQUENCE);
        byte[] theirTime = part.member(0).value(Der.GENERALIZED_TIME).rest();
        long theirMicros = part.member(1).integer();
        byte[] ourTime =
                new DerReader(Der.time(ApRequest.seconds(now))).value(Der.GENERALIZED_TIME).rest();
        if (!MessageDigest.isEqual(theirTime, ourTime) || theirMicros != ApRequest.micros(now)) {
            throw new KerberosException("AP-REP answers another request");
        }
        boolean hasSubkey = part.at(2);
        SessionKey key = hasSubkey ? subkey(part.member(2)) : copyOfTicketKey();
        long peerSequence = part.at(3) ? part.member(3).integer() & 0xffff_ffffL : 0;
        return new Result(
                key, hasSubkey, ownSequence, peerSequence, answer(theirTime, peerSequence));
    }

    private SessionKey copyOfTicketKey() {
        return new SessionKey(ticketKey.type(), ticketKey.value().clone());
    }

    private static SessionKey subkey(DerReader member) throws KerberosException {
        DerReader key = member.value(Der.SEQUENCE);
        int type =
                Math.toIntExact(Math.max(0, Math.min(Integer.MAX_VALUE, key.member(0).integer())));
        return SessionKey.checked(type, key.member(1).octets());
    }

    private byte[] answer(byte[] theirTime, long peerSequence) {
        byte[] part =
                Der.application(
                        ENC_AP_REP_PART,
                        Der.value(
                                Der.SEQUENCE,
                                Der.member(0, Der.value(Der.GENERALIZED_TIME, theirTime)),
                                Der.member(1, Der.integer(ApRequest.micros(now))),
                                Der.member(3, Der.integer(peerSequence))));
        return Der.application(
                AP_REP,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(ApRequest.PVNO)),
                        Der.member(1, Der.integer(AP_REP)),
                        Der.member(2, ticketKey.seal(part, USAGE_AP_REP, random))));
    }

    /** The key of the ticket, a copy. */
    byte[] ticketKey() {
        return ticketKey.value().clone();
    }
}
