/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The AP exchange in DCE style as a client: AP-REQ, AP-REP, and an AP-REP back (RFC 4120 section
 * 5.5, RFC 4121 section 4.1.1, MS-KILE 3.4.5.1). The tokens travel without the GSS frame.
 */
final class ApExchange {
    private static final int PVNO = 5;
    private static final int AP_REQ = 14;
    private static final int AP_REP = 15;
    private static final int AUTHENTICATOR = 2;
    private static final int ENC_AP_REP_PART = 27;
    private static final int USAGE_AUTHENTICATOR = 11;
    private static final int USAGE_AP_REP = 12;
    private static final int GSS_CHECKSUM = 0x8003;

    /** DCE style, integrity, confidentiality, sequence, replay, mutual. */
    private static final int GSS_FLAGS = 0x103e;

    private static final byte[] MUTUAL_REQUIRED = {0, 0x20, 0, 0, 0};
    private static final int CHECKSUM = 24;
    private static final int MICROS_A_SECOND = 1_000_000;

    private final ServiceTicket ticket;
    private final SessionKey ticketKey;
    private final SecureRandom random;
    private final Instant time;
    private final int micros;
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
        Instant now = clock.instant();
        this.time = now.truncatedTo(ChronoUnit.SECONDS);
        this.micros = now.getNano() / 1000 % MICROS_A_SECOND;
        this.ownSequence = random.nextInt() & 0x3fff_ffffL;
    }

    byte[] request() {
        ByteBuffer checksum = ByteBuffer.allocate(CHECKSUM).order(ByteOrder.LITTLE_ENDIAN);
        checksum.putInt(16).position(20).putInt(GSS_FLAGS);
        byte[] authenticator =
                Der.application(
                        AUTHENTICATOR,
                        Der.value(
                                Der.SEQUENCE,
                                Der.member(0, Der.integer(PVNO)),
                                Der.member(1, Der.generalString(ticket.clientRealm())),
                                Der.member(2, clientName()),
                                Der.member(
                                        3,
                                        Der.value(
                                                Der.SEQUENCE,
                                                Der.member(0, Der.integer(GSS_CHECKSUM)),
                                                Der.member(
                                                        1,
                                                        Der.value(
                                                                Der.OCTET_STRING,
                                                                checksum.array())))),
                                Der.member(4, Der.integer(micros)),
                                Der.member(5, Der.time(time)),
                                Der.member(7, Der.integer(ownSequence))));
        return Der.application(
                AP_REQ,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(PVNO)),
                        Der.member(1, Der.integer(AP_REQ)),
                        Der.member(2, Der.value(Der.BIT_STRING, MUTUAL_REQUIRED)),
                        Der.member(3, ticket.encoded()),
                        Der.member(4, encrypted(authenticator, USAGE_AUTHENTICATOR))));
    }

    private byte[] clientName() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        ticket.clientName().forEach(part -> names.writeBytes(Der.generalString(part)));
        return Der.value(
                Der.SEQUENCE,
                Der.member(0, Der.integer(ticket.clientNameType())),
                Der.member(1, Der.value(Der.SEQUENCE, names.toByteArray())));
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
        if (message.member(0).integer() != PVNO || message.member(1).integer() != AP_REP) {
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
        byte[] ourTime = new DerReader(Der.time(time)).value(Der.GENERALIZED_TIME).rest();
        if (!MessageDigest.isEqual(theirTime, ourTime) || theirMicros != micros) {
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
                                Der.member(1, Der.integer(micros)),
                                Der.member(3, Der.integer(peerSequence))));
        return Der.application(
                AP_REP,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(PVNO)),
                        Der.member(1, Der.integer(AP_REP)),
                        Der.member(2, encrypted(part, USAGE_AP_REP))));
    }

    private byte[] encrypted(byte[] plain, int usage) {
        byte[] cipher = new AesSha1(ticketKey.value(), usage).encrypt(plain, random);
        return Der.value(
                Der.SEQUENCE,
                Der.member(0, Der.integer(ticketKey.type())),
                Der.member(2, Der.value(Der.OCTET_STRING, cipher)));
    }

    /** The key of the ticket, a copy. */
    byte[] ticketKey() {
        return ticketKey.value().clone();
    }
}
