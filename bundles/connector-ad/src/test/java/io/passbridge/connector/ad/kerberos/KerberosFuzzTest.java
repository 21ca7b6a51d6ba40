/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.ad.Decoding;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

class KerberosFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] KEY = new byte[16];
    private static final ApExchange EXCHANGE = exchange();

    @FuzzTest(maxDuration = "24h")
    void reply(byte[] data) {
        fuzzerTestOneInput(data);
    }

    /**
     * The first octet chooses: the message as it comes, or an encrypted part that the service's key
     * made.
     */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        byte[] message = data[0] % 2 == 0 ? rest : sealed(rest);
        Decoding.check(message, token -> EXCHANGE.complete(token).subkey().close());
    }

    /** An answer of a key distribution centre, which nobody has vouched for yet. */
    @FuzzTest(maxDuration = "24h")
    void answerOfACentre(byte[] data) {
        Decoding.check(
                data,
                message -> {
                    KrbError.of(message).ifPresent(error -> hints(error.data()));
                    KdcReply.read(message, KdcReply.AS_REP).hint();
                });
    }

    private static void hints(byte[] data) {
        try {
            KdcReply.hints(data);
        } catch (KerberosException e) {
            // what cannot be understood is no hint
        }
    }

    private static ApExchange exchange() {
        ServiceTicket ticket =
                new ServiceTicket(
                        new byte[8], AesSha1.AES128, KEY.clone(), "REALM", 1, List.of("user"));
        try {
            return new ApExchange(ticket, RANDOM, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        } catch (KerberosException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sealed(byte[] part) {
        byte[] cipher = new AesSha1(KEY, 12).encrypt(part, RANDOM);
        return Der.application(
                15,
                Der.value(
                        Der.SEQUENCE,
                        Der.member(0, Der.integer(5)),
                        Der.member(1, Der.integer(15)),
                        Der.member(
                                2,
                                Der.value(
                                        Der.SEQUENCE,
                                        Der.member(0, Der.integer(AesSha1.AES128)),
                                        Der.member(2, Der.value(Der.OCTET_STRING, cipher))))));
    }
}
