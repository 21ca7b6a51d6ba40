/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.legacy.Rc4;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The worked example of MS-NLMP 4.2.4. */
class NtlmV2Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final Properties VECTOR = new Properties();

    private final LegacyPrimitives legacy = new LegacyPrimitives(FixedPolicy.permitting());

    @BeforeAll
    static void load() throws IOException {
        try (InputStream in =
                NtlmV2Test.class.getResourceAsStream("/vectors/ms-nlmp-4.2.4.properties")) {
            VECTOR.load(in);
        }
    }

    private static byte[] hex(String name) {
        return HEX.parseHex(VECTOR.getProperty(name));
    }

    private byte[] responseKey() {
        return NtlmV2.responseKey(
                legacy,
                VECTOR.getProperty("password").getBytes(StandardCharsets.UTF_16LE),
                VECTOR.getProperty("user"),
                VECTOR.getProperty("domain"));
    }

    @Test
    void responseKey_ofTheExample_matches() {
        assertThat(responseKey()).isEqualTo(hex("responseKeyNT"));
    }

    @Test
    void respond_toTheExample_givesProofAndSessionBaseKey() {
        NtlmV2.Response response =
                NtlmV2.respond(
                        legacy,
                        responseKey(),
                        hex("serverChallenge"),
                        hex("clientChallenge"),
                        hex("time"),
                        hex("targetInfo"));

        assertThat(Arrays.copyOf(response.ntResponse(), 16)).isEqualTo(hex("ntProofStr"));
        assertThat(response.sessionBaseKey()).isEqualTo(hex("sessionBaseKey"));
    }

    @Test
    void keyExchange_ofTheExample_matches() {
        byte[] key = hex("randomSessionKey");
        try (Rc4 rc4 = legacy.rc4(hex("sessionBaseKey"))) {
            rc4.apply(key, 0, key.length);
        }

        assertThat(key).isEqualTo(hex("encryptedSessionKey"));
    }

    @Test
    void seal_theExampleMessage_givesItsCiphertextAndSignature() {
        byte[] plain = hex("plaintext");
        byte[] buffer = Arrays.copyOf(plain, plain.length + MessageSeal.SIGNATURE);
        try (MessageSeal seal =
                new MessageSeal(legacy, hex("randomSessionKey"), MessageSeal.Sender.CLIENT)) {
            seal.seal(buffer, 0, plain.length, 0, plain.length);
        }

        assertThat(Arrays.copyOf(buffer, plain.length)).isEqualTo(hex("sealed"));
        assertThat(Arrays.copyOfRange(buffer, plain.length, buffer.length))
                .isEqualTo(hex("signature"));
    }

    @Test
    void unseal_aMessageTwice_isRefusedTheSecondTime() {
        byte[] message = new byte[48 + MessageSeal.SIGNATURE];
        try (MessageSeal theirs =
                        new MessageSeal(
                                legacy, hex("randomSessionKey"), MessageSeal.Sender.SERVER);
                MessageSeal ours =
                        new MessageSeal(
                                legacy, hex("randomSessionKey"), MessageSeal.Sender.SERVER)) {
            theirs.seal(message, 0, 48, 16, 16);
            byte[] replay = message.clone();

            assertThat(ours.unseal(message, 0, 48, 16, 16)).isTrue();
            assertThat(ours.unseal(replay, 0, 48, 16, 16)).isFalse();
        }
    }

    @Test
    void challenge_withoutSealing_isRefused() throws Exception {
        byte[] challenge = hex("challengeMessage");
        assertThat(Challenge.parse(challenge).serverChallenge()).isEqualTo(hex("serverChallenge"));
        challenge[20] &= (byte) ~NegotiateFlags.SEAL;

        assertThatThrownBy(() -> Challenge.parse(challenge))
                .isInstanceOf(NtlmException.class)
                .hasMessageContaining("missing flags 0x00000020");
    }
}
