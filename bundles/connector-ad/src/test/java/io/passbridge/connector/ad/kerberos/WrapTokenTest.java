/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ad.rpc.ProtectionException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments of 24 bytes of header, 64 of stub, 8 of security trailer and a verifier. */
class WrapTokenTest {
    private static final int STUB = 24;
    private static final int LENGTH = 64;
    private static final int SIGNED = STUB + LENGTH + 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static WrapToken token(WrapToken.Sender sender, boolean headerSigning, long sequence) {
        WrapToken token =
                new WrapToken(sender, new SessionKey(AesSha1.AES256, new byte[32]), true, sequence);
        token.useHeaderSigning(headerSigning);
        return token;
    }

    private static byte[] fragment(WrapToken sender, int mark) {
        byte[] pdu = new byte[SIGNED + WrapToken.VERIFIER];
        Arrays.fill(pdu, 0, SIGNED, (byte) mark);
        sender.seal(pdu, 0, STUB, LENGTH, RANDOM);
        return pdu;
    }

    private static void open(WrapToken receiver, byte[] pdu) throws ProtectionException {
        receiver.unseal(pdu, 0, STUB, LENGTH, pdu.length - SIGNED);
    }

    @ParameterizedTest(name = "header signing {0}")
    @ValueSource(booleans = {true, false})
    void unseal_fragmentsInOrder_givesTheirStubs(boolean headerSigning) throws Exception {
        WrapToken sender = token(WrapToken.Sender.ACCEPTOR, headerSigning, 0xffff_fffeL);
        WrapToken receiver = token(WrapToken.Sender.ACCEPTOR, headerSigning, 0xffff_fffeL);
        for (int mark = 1; mark < 6; mark++) {
            byte[] pdu = fragment(sender, mark);
            byte[] expected = new byte[LENGTH];
            Arrays.fill(expected, (byte) mark);
            assertThat(Arrays.copyOfRange(pdu, STUB, STUB + LENGTH)).isNotEqualTo(expected);

            open(receiver, pdu);

            assertThat(Arrays.copyOfRange(pdu, STUB, STUB + LENGTH)).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "header signing {0}")
    @ValueSource(booleans = {true, false})
    void unseal_anyChangedBitOfWhatIsCovered_isRefused(boolean headerSigning) {
        int from = headerSigning ? 0 : STUB;
        for (int at = from; at < SIGNED + WrapToken.VERIFIER; at++) {
            boolean trailer = at >= STUB + LENGTH && at < SIGNED;
            if (headerSigning || !trailer) {
                byte[] pdu = fragment(token(WrapToken.Sender.ACCEPTOR, headerSigning, 7), 3);
                pdu[at] ^= 0x10;

                assertThatThrownBy(
                                () -> open(token(WrapToken.Sender.ACCEPTOR, headerSigning, 7), pdu))
                        .as("octet %d", at)
                        .isInstanceOf(ProtectionException.class);
            }
        }
    }

    @ParameterizedTest(name = "sent with {0}")
    @ValueSource(longs = {6, 8, 7 + (1L << 32)})
    void unseal_anotherSequenceNumber_isRefused(long sequence) {
        byte[] pdu = fragment(token(WrapToken.Sender.ACCEPTOR, true, sequence), 1);

        assertThatThrownBy(() -> open(token(WrapToken.Sender.ACCEPTOR, true, 7), pdu))
                .isInstanceOf(ProtectionException.class)
                .hasMessageContaining("sequence");
    }

    @ParameterizedTest(name = "verifier of {0} bytes")
    @ValueSource(ints = {0, 16, 59, 60 + 65})
    void unseal_verifierOfAnImpossibleLength_isRefused(int length) {
        byte[] pdu = new byte[SIGNED + length];

        assertThatThrownBy(() -> open(token(WrapToken.Sender.ACCEPTOR, true, 7), pdu))
                .isInstanceOf(ProtectionException.class);
    }

    @ParameterizedTest(name = "header signing {0}")
    @ValueSource(booleans = {true, false})
    void unseal_ownFragmentReflected_isRefused(boolean headerSigning) {
        byte[] pdu = fragment(token(WrapToken.Sender.INITIATOR, headerSigning, 7), 1);

        assertThatThrownBy(() -> open(token(WrapToken.Sender.ACCEPTOR, headerSigning, 7), pdu))
                .isInstanceOf(ProtectionException.class);
    }
}
