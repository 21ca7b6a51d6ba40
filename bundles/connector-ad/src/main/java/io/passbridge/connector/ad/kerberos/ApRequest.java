/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * A ticket shown to the service that it is for: the AP-REQ (RFC 4120 section 5.5.1).
 *
 * @param options KerberosFlags with the octet of unused bits before them
 * @param usage key usage of the authenticator: 7 for the key distribution centre, 11 for others
 * @param checksum of what the request is for, a Checksum in DER
 * @param sequence where the client's messages begin to be numbered, if they are
 */
record ApRequest(byte[] options, int usage, byte[] checksum, Instant now, OptionalLong sequence) {
    static final int PVNO = 5;

    private static final int AP_REQ = 14;
    private static final int AUTHENTICATOR = 2;
    private static final int MICROS_A_SECOND = 1_000_000;

    /**
     * @param key of the ticket
     */
    byte[] with(ServiceTicket ticket, SessionKey key, SecureRandom random) {
        byte[] authenticator =
                Der.application(
                        AUTHENTICATOR,
                        Der.value(
                                Der.SEQUENCE,
                                Der.member(0, Der.integer(PVNO)),
                                Der.member(1, Der.generalString(ticket.clientRealm())),
                                Der.member(
                                        2, Der.name(ticket.clientNameType(), ticket.clientName())),
                                Der.member(3, checksum),
                                Der.member(4, Der.integer(micros(now))),
                                Der.member(5, Der.time(seconds(now))),
                                sequence.isPresent()
                                        ? Der.member(7, Der.integer(sequence.getAsLong()))
                                        : new byte[0]));
        return Der.application(
                AP_REQ,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(PVNO)),
                        Der.member(1, Der.integer(AP_REQ)),
                        Der.member(2, Der.value(Der.BIT_STRING, options)),
                        Der.member(3, ticket.encoded()),
                        Der.member(4, key.seal(authenticator, usage, random))));
    }

    static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    static int micros(Instant time) {
        return time.getNano() / 1000 % MICROS_A_SECOND;
    }
}
