/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.crypto.CryptographicModule.AgreedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Against RFC 7518, appendix C, whose derivation is the same one-step function. */
class EphemeralP256Test {
    private static final byte[] ALICE =
            point(
                    "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
                    "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps");
    private static final byte[] BOB =
            point(
                    "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
                    "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck");
    private static final byte[] BOBS_PRIVATE = bytes("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw");

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static byte[] point(String x, String y) {
        return ByteBuffer.allocate(65).put((byte) 4).put(bytes(x)).put(bytes(y)).array();
    }

    private static byte[] info() {
        ByteBuffer info = ByteBuffer.allocate(31);
        for (String part : new String[] {"A128GCM", "Alice", "Bob"}) {
            info.putInt(part.length()).put(part.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return info.putInt(128).array();
    }

    @Test
    void publishedVector_isMet() throws GeneralSecurityException {
        byte[] key = EphemeralP256.open(BOBS_PRIVATE, ALICE, info());

        assertThat(Arrays.copyOf(key, 16)).isEqualTo(bytes("VqqN6vgjbSBcIijNcacQGg"));
    }

    @Test
    void whatIsAgreed_isNewEachTime_andTheOtherSideDerivesIt() throws GeneralSecurityException {
        AgreedKey first = EphemeralP256.with(BOB, info());
        AgreedKey second = EphemeralP256.with(BOB, info());

        assertThat(first.key()).hasSize(32).isNotEqualTo(second.key());
        assertThat(EphemeralP256.open(BOBS_PRIVATE, first.ephemeral(), info()))
                .isEqualTo(first.key());
        assertThat(EphemeralP256.open(BOBS_PRIVATE, first.ephemeral(), new byte[31]))
                .isNotEqualTo(first.key());
        assertThat(first).hasToString("AgreedKey[redacted]");
    }

    @Test
    void aPointThatIsNotOnTheCurve_isRefused() {
        for (int place : new int[] {0, 5, 64}) {
            byte[] other = ALICE.clone();
            other[place] ^= 1;
            assertThatThrownBy(() -> EphemeralP256.open(BOBS_PRIVATE, other, info()))
                    .isInstanceOf(GeneralSecurityException.class);
            assertThatThrownBy(() -> EphemeralP256.with(other, info()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> EphemeralP256.open(BOBS_PRIVATE, new byte[65], info()))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
