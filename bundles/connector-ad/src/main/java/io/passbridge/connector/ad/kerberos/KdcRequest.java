/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Requests to a key distribution centre (RFC 4120 section 5.4.1), with AES keys only. */
final class KdcRequest {
    private static final int PVNO = 5;
    private static final int AS_REQ = 10;
    private static final int TGS_REQ = 12;
    private static final int AP_REQ = 14;
    private static final int AUTHENTICATOR = 2;
    private static final int PA_TGS_REQ = 1;
    private static final int PA_ENC_TIMESTAMP = 2;
    private static final int NT_PRINCIPAL = 1;
    private static final int NT_SRV_INST = 2;
    private static final int USAGE_TIMESTAMP = 1;
    private static final int USAGE_TGS_CHECKSUM = 6;
    private static final int USAGE_TGS_AUTHENTICATOR = 7;
    private static final int CHECKSUM_AES128 = 15;
    private static final int CHECKSUM_AES256 = 16;
    private static final int MICROS_A_SECOND = 1_000_000;

    /** None: no forwarding, no renewal, no other names than the asked ones. */
    private static final byte[] OPTIONS = {0, 0, 0, 0, 0};

    private static final long LIFETIME_HOURS = 10;

    private final SecureRandom random;
    private final Instant now;

    KdcRequest(SecureRandom random, Clock clock) {
        this.random = random;
        this.now = clock.instant();
    }

    /** Four octets, positive, to tell the answer to this request from others. */
    long nonce() {
        return random.nextInt() & 0x7fff_ffffL;
    }

    /**
     * For a ticket-granting ticket.
     *
     * @param key proves who asks; null in the first request, which finds out the salt
     */
    byte[] initial(String user, String realm, SessionKey key, long nonce) {
        byte[] body =
                body(
                        Der.member(1, name(NT_PRINCIPAL, List.of(user))),
                        realm,
                        List.of("krbtgt", realm),
                        nonce);
        return key == null
                ? request(AS_REQ, new byte[0], body)
                : request(AS_REQ, preAuthentication(PA_ENC_TIMESTAMP, timestamp(key)), body);
    }

    /** For a ticket of a service, with the ticket-granting ticket. */
    byte[] service(ServiceTicket granting, SessionKey key, List<String> service, long nonce) {
        byte[] body = body(new byte[0], granting.clientRealm(), service, nonce);
        byte[] authenticator =
                Der.application(
                        AUTHENTICATOR,
                        Der.value(
                                Der.SEQUENCE,
                                Der.member(0, Der.integer(PVNO)),
                                Der.member(1, Der.generalString(granting.clientRealm())),
                                Der.member(
                                        2, name(granting.clientNameType(), granting.clientName())),
                                Der.member(3, checksum(key, body)),
                                Der.member(4, Der.integer(micros())),
                                Der.member(5, Der.time(seconds()))));
        byte[] ticket =
                Der.application(
                        AP_REQ,
                        Der.value(
                                Der.SEQUENCE,
                                Der.member(0, Der.integer(PVNO)),
                                Der.member(1, Der.integer(AP_REQ)),
                                Der.member(2, Der.value(Der.BIT_STRING, OPTIONS)),
                                Der.member(3, granting.encoded()),
                                Der.member(
                                        4,
                                        encrypted(key, authenticator, USAGE_TGS_AUTHENTICATOR))));
        return request(TGS_REQ, preAuthentication(PA_TGS_REQ, ticket), body);
    }

    private static byte[] checksum(SessionKey key, byte[] body) {
        return Der.value(
                Der.SEQUENCE,
                Der.member(
                        0,
                        Der.integer(
                                key.type() == AesSha1.AES256 ? CHECKSUM_AES256 : CHECKSUM_AES128)),
                Der.member(
                        1,
                        Der.value(
                                Der.OCTET_STRING,
                                AesSha1.checksum(key.value(), USAGE_TGS_CHECKSUM, body))));
    }

    private byte[] timestamp(SessionKey key) {
        byte[] time =
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.time(seconds())),
                        Der.member(1, Der.integer(micros())));
        return encrypted(key, time, USAGE_TIMESTAMP);
    }

    private byte[] encrypted(SessionKey key, byte[] plain, int usage) {
        byte[] cipher = new AesSha1(key.value(), usage).encrypt(plain, random);
        return Der.value(
                Der.SEQUENCE,
                Der.member(0, Der.integer(key.type())),
                Der.member(2, Der.value(Der.OCTET_STRING, cipher)));
    }

    private static byte[] preAuthentication(int type, byte[] value) {
        byte[] data =
                Der.value(
                        Der.SEQUENCE,
                        Der.member(1, Der.integer(type)),
                        Der.member(2, Der.value(Der.OCTET_STRING, value)));
        return Der.member(3, Der.value(Der.SEQUENCE, data));
    }

    private byte[] body(byte[] client, String realm, List<String> service, long nonce) {
        return Der.value(
                Der.SEQUENCE,
                Der.member(0, Der.value(Der.BIT_STRING, OPTIONS)),
                client,
                Der.member(2, Der.generalString(realm)),
                Der.member(3, name(NT_SRV_INST, service)),
                Der.member(5, Der.time(seconds().plus(LIFETIME_HOURS, ChronoUnit.HOURS))),
                Der.member(7, Der.integer(nonce)),
                Der.member(
                        8,
                        Der.value(
                                Der.SEQUENCE,
                                Der.integer(AesSha1.AES256),
                                Der.integer(AesSha1.AES128))));
    }

    private static byte[] request(int type, byte[] preAuthentication, byte[] body) {
        return Der.application(
                type,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(1, Der.integer(PVNO)),
                        Der.member(2, Der.integer(type)),
                        preAuthentication,
                        Der.member(4, body)));
    }

    private static byte[] name(int type, List<String> parts) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        parts.forEach(part -> names.writeBytes(Der.generalString(part)));
        return Der.value(
                Der.SEQUENCE,
                Der.member(0, Der.integer(type)),
                Der.member(1, Der.value(Der.SEQUENCE, names.toByteArray())));
    }

    private Instant seconds() {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }

    private int micros() {
        return now.getNano() / 1000 % MICROS_A_SECOND;
    }
}
