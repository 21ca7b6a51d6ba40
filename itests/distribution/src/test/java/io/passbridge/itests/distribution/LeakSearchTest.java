/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A search that finds nothing must be one that could have found something. */
class LeakSearchTest {
    private static final byte[] HASH = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

    private static boolean finds(Canary canary, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return !new LeakSearch(List.of(canary)).text("x", text).found().isEmpty();
    }

    @Test
    void text_isFoundInEveryForm() {
        Canary canary = Canary.text("password", "Secret-Words-1");
        byte[] utf16 = "Secret-Words-1".getBytes(StandardCharsets.UTF_16LE);
        assertThat(finds(canary, "a Secret-Words-1 b".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(finds(canary, utf16)).isTrue();
        assertThat(
                        finds(
                                canary,
                                HexFormat.of()
                                        .withUpperCase()
                                        .formatHex(utf16)
                                        .getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        for (String before : List.of("", "x", "xy", "xyz")) {
            byte[] base64 =
                    Base64.getEncoder()
                            .encode(
                                    (before + "Secret-Words-1 and more")
                                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(finds(canary, base64)).as("after '%s'", before).isTrue();
        }
        assertThat(finds(canary, "Secret-Words-2".getBytes(StandardCharsets.US_ASCII))).isFalse();
    }

    @Test
    void hash_isFoundAsHexInEitherCaseAndWidth() {
        Canary canary = Canary.bytes("hash", HASH);
        String hex = HexFormat.of().formatHex(HASH);
        assertThat(finds(canary, ("x" + hex + "y").getBytes(StandardCharsets.US_ASCII))).isTrue();
        assertThat(finds(canary, hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16LE)))
                .isTrue();
        assertThat(finds(canary, Base64.getEncoder().encode(HASH))).isTrue();
    }
}
