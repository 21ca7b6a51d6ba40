/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.keys.KeyException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedHeaderTest {
    private static final UUID SET = UUID.fromString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11");
    private static final int SHORTEST = SealedHeader.LENGTH + CommittingCipher.TAG;

    private static byte[] value() {
        byte[] context =
                SealedHeader.context(
                        SET, 7, new byte[SealedHeader.SALT], new byte[CommittingCipher.NONCE]);
        return Arrays.copyOf(context, SHORTEST);
    }

    @Test
    void of_theShortestValue_isItsHeader() throws KeyException {
        SealedHeader header = SealedHeader.of(value());
        assertThat(header.keySetId()).isEqualTo(SET);
        assertThat(header.keyId()).isEqualTo(7);
        assertThat(header).hasToString("SealedHeader[key set " + SET + ", key 7]");
        assertThatThrownBy(() -> SealedHeader.of(Arrays.copyOf(value(), SHORTEST - 1)))
                .hasMessageContaining((SHORTEST - 1) + " bytes, the shortest has " + SHORTEST);
    }

    @Test
    void anotherFormat_isNamed() {
        byte[] version = value();
        version[4] = 2;
        assertThatThrownBy(() -> SealedHeader.of(version))
                .hasMessageContaining("format version 2 and suite 1");
        byte[] suite = value();
        suite[5] = 3;
        assertThatThrownBy(() -> SealedHeader.of(suite))
                .hasMessageContaining("format version 1 and suite 3");
    }

    @Test
    void headers_areEqual_ifEveryByteIs() throws KeyException {
        SealedHeader header = SealedHeader.of(value());
        assertThat(header)
                .isEqualTo(SealedHeader.of(value()))
                .hasSameHashCodeAs(SealedHeader.of(value()))
                .isNotEqualTo("header");
        for (int place = 6; place < SealedHeader.LENGTH; place++) {
            byte[] other = value();
            other[place]++;
            assertThat(SealedHeader.of(other)).as("byte %d", place).isNotEqualTo(header);
        }
        byte[] other = value();
        other[SealedHeader.LENGTH - 1] = 1;
        assertThat(SealedHeader.of(other).hashCode()).isNotEqualTo(header.hashCode());
    }
}
