/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64BytesTest {
    private static byte[] decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Base64Bytes.decode(bytes, 0, bytes.length);
    }

    @Test
    void wholeGroups_areDecoded() {
        assertThat(decode("UGFzc3dk")).asString(StandardCharsets.US_ASCII).isEqualTo("Passwd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*GFzc3dk", "U*Fzc3dk", "UG*zc3dk", "UGF*c3dk", "UGFzc3d*"})
    void damagedCharacter_isRefusedWhereverItStands(String text) {
        assertThatThrownBy(() -> decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
