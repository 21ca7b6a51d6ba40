/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApExchangeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:11:12.345678Z");
    private static final byte[] KEY = new byte[16];
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int USAGE_AP_REP = 12;

    private static ApExchange exchange() throws KerberosException {
        ServiceTicket ticket =
                new ServiceTicket(
                        Der.value(Der.OCTET_STRING, new byte[3]),
                        AesSha1.AES128,
                        KEY.clone(),
                        "CORP.EXAMPLE",
                        1,
                        List.of("user"));
        return new ApExchange(ticket, RANDOM, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static byte[] reply(int type, byte[] key, byte[]... members) {
        byte[] part = Der.application(27, Der.value(Der.SEQUENCE, members));
        byte[] cipher = new AesSha1(key, USAGE_AP_REP).encrypt(part, RANDOM);
        byte[] data =
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(type)),
                        Der.member(2, Der.value(Der.OCTET_STRING, cipher)));
        return Der.application(
                15,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(5)),
                        Der.member(1, Der.integer(15)),
                        Der.member(2, data)));
    }

    private static byte[] time(Instant time) {
        return Der.member(0, Der.time(time));
    }

    private static byte[] subkey(int type, int length) {
        return Der.member(
                2,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(type)),
                        Der.member(1, Der.value(Der.OCTET_STRING, new byte[length]))));
    }

    private static final byte[] MICROS = Der.member(1, Der.integer(345_678));

    @Test
    void complete_properReply_givesSubkeyAndSequence() throws Exception {
        byte[] reply =
                reply(
                        AesSha1.AES128,
                        KEY,
                        time(NOW),
                        MICROS,
                        subkey(AesSha1.AES256, 32),
                        Der.member(3, Der.integer(-5)));

        ApExchange.Result result = exchange().complete(reply);

        assertThat(result.acceptorSubkey()).isTrue();
        assertThat(result.subkey().type()).isEqualTo(AesSha1.AES256);
        assertThat(result.peerSequence()).isEqualTo(0xffff_fffbL);
        DerReader third = new DerReader(result.thirdToken()).application(15).value(Der.SEQUENCE);
        assertThat(third.member(0).integer()).isEqualTo(5);
    }

    @Test
    void complete_replyWithoutSubkey_keepsTheKeyOfTheTicket() throws Exception {
        ApExchange.Result result =
                exchange().complete(reply(AesSha1.AES128, KEY, time(NOW), MICROS));

        assertThat(result.acceptorSubkey()).isFalse();
        assertThat(result.subkey().value()).isEqualTo(KEY);
    }

    @Test
    void complete_replyToAnotherRequest_isRefused() {
        byte[] older = reply(AesSha1.AES128, KEY, time(NOW.minusSeconds(1)), MICROS);
        byte[] otherMicros = reply(AesSha1.AES128, KEY, time(NOW), Der.member(1, Der.integer(1)));

        assertThatThrownBy(() -> exchange().complete(older))
                .hasMessageContaining("another request");
        assertThatThrownBy(() -> exchange().complete(otherMicros))
                .hasMessageContaining("another request");
    }

    @Test
    void complete_replyOfSomebodyWithoutTheServiceKey_isRefused() {
        byte[] otherKey = KEY.clone();
        otherKey[0] = 1;
        byte[] forged = reply(AesSha1.AES128, otherKey, time(NOW), MICROS);

        assertThatThrownBy(() -> exchange().complete(forged))
                .isInstanceOf(KerberosException.class)
                .hasMessageContaining("integrity code");
    }

    @Test
    void complete_kerberosErrorInAGssFrame_isToldInWords() {
        byte[] error =
                Der.application(
                        30,
                        Der.value(
                                Der.SEQUENCE,
                                Der.member(0, Der.integer(5)),
                                Der.member(1, Der.integer(30)),
                                Der.member(4, Der.time(NOW)),
                                Der.member(5, Der.integer(0)),
                                Der.member(6, Der.integer(37))));
        byte[] framed =
                Der.application(
                        0, concat(Der.value(0x06, new byte[] {42, 3}), new byte[] {3, 0}, error));

        assertThatThrownBy(() -> exchange().complete(error)).hasMessageContaining("clocks differ");
        assertThatThrownBy(() -> exchange().complete(framed))
                .isInstanceOf(KerberosException.class)
                .hasMessageContaining("Kerberos error 37");
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void complete_weakOrMisfittingSubkey_isRefused() {
        byte[] rc4 = reply(AesSha1.AES128, KEY, time(NOW), MICROS, subkey(23, 16));
        byte[] shortKey = reply(AesSha1.AES128, KEY, time(NOW), MICROS, subkey(AesSha1.AES256, 16));

        assertThatThrownBy(() -> exchange().complete(rc4))
                .hasMessageContaining("encryption type 23");
        assertThatThrownBy(() -> exchange().complete(shortKey))
                .hasMessageContaining("a key of 16 bytes");
    }

    @Test
    void newExchange_ticketWithAnRc4Key_isRefused() {
        ServiceTicket ticket =
                new ServiceTicket(
                        new byte[1], 23, new byte[16], "CORP.EXAMPLE", 1, List.of("user"));

        assertThatThrownBy(() -> new ApExchange(ticket, RANDOM, Clock.systemUTC()))
                .isInstanceOf(KerberosException.class)
                .hasMessageContaining("allow AES");
    }

    @Test
    void ticketException_codes_tellTheAccountFromTheSurroundings() {
        assertThat(failure("Pre-authentication information was invalid (24)").accountRefused())
                .isTrue();
        assertThat(failure("Client's credentials have been revoked (18)").accountRefused())
                .isTrue();
        assertThat(failure("Clock skew too great (37) - PREAUTH").accountRefused()).isFalse();
        assertThat(failure("Cannot locate KDC").accountRefused()).isFalse();
    }

    private static TicketException failure(String text) {
        return new TicketException("no ticket", new IllegalStateException(text));
    }
}
