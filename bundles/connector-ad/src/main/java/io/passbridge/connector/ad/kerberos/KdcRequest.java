/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/** Requests to a key distribution centre (RFC 4120 section 5.4.1), with AES keys only. */
final class KdcRequest {
    private static final int AS_REQ = 10;
    private static final int TGS_REQ = 12;
    private static final int PA_TGS_REQ = 1;
    private static final int PA_ENC_TIMESTAMP = 2;
    private static final int NT_PRINCIPAL = 1;
    private static final int NT_SRV_INST = 2;
    private static final int USAGE_TIMESTAMP = 1;
    private static final int USAGE_TGS_CHECKSUM = 6;
    private static final int USAGE_TGS_AUTHENTICATOR = 7;
    private static final int CHECKSUM_AES128 = 15;
    private static final int CHECKSUM_AES256 = 16;

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
                        Der.member(1, Der.name(NT_PRINCIPAL, List.of(user))),
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
        byte[] ticket =
                new ApRequest(
                                OPTIONS,
                                USAGE_TGS_AUTHENTICATOR,
                                checksum(key, body),
                                now,
                                OptionalLong.empty())
                        .with(granting, key, random);
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
                        Der.member(0, Der.time(ApRequest.seconds(now))),
                        Der.member(1, Der.integer(ApRequest.micros(now))));
        return key.seal(time, USAGE_TIMESTAMP, random);
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
                Der.member(3, Der.name(NT_SRV_INST, service)),
                Der.member(
                        5, Der.time(ApRequest.seconds(now).plus(LIFETIME_HOURS, ChronoUnit.HOURS))),
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
                        Der.member(1, Der.integer(ApRequest.PVNO)),
                        Der.member(2, Der.integer(type)),
                        preAuthentication,
                        Der.member(4, body)));
    }
}
