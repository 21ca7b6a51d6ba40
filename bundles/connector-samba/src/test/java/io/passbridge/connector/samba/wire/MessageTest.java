/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Secret PAIRING = Secret.owning(new byte[32]);
    private static final Message MESSAGE =
            Message.of("anchor", "a&b=c\n", "login", "Ännä Łee", "empty", "", "sealed", "AB+/==");

    @Test
    void line_isReadAsItWasWritten() {
        String line = MESSAGE.line(PAIRING);

        assertThat(line).doesNotContain("\n");
        assertThat(Message.read(line, PAIRING)).contains(MESSAGE);
        assertThat(MESSAGE.text("anchor")).isEqualTo("a&b=c\n");
        assertThat(MESSAGE.text("empty")).isEmpty();
    }

    @Test
    void line_changedAnywhere_orOfAnotherPairing_isRefused() {
        String line = MESSAGE.line(PAIRING);
        for (int i = 0; i < line.length(); i++) {
            String changed =
                    line.substring(0, i) + (char) (line.charAt(i) ^ 1) + line.substring(i + 1);
            assertThat(Message.read(changed, PAIRING)).as("place %d", i).isEmpty();
            assertThat(Message.read(line.substring(0, i), PAIRING)).isEmpty();
        }
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(Message.read(line, Secret.owning(other))).isEmpty();
    }

    @Test
    void keyText_isReadWithTheEndOfItsLine_andNothingElseIs() {
        try (Secret text = KeyText.of(PAIRING)) {
            assertThat(text.length()).isEqualTo(44);
            byte[] line =
                    (text.use(b -> new String(b, StandardCharsets.US_ASCII)) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            Optional<Secret> read = KeyText.read(Secret.owning(line));
            assertThat(read.orElseThrow().sameAs(PAIRING)).isTrue();
        }
        assertThat(KeyText.read(Secret.owning(new byte[0]))).isEmpty();
        assertThat(KeyText.read(Secret.owning("YWJj".getBytes(StandardCharsets.US_ASCII))))
                .isEmpty();
        assertThat(KeyText.read(Secret.owning("?".repeat(44).getBytes(StandardCharsets.US_ASCII))))
                .isEmpty();
    }
}
