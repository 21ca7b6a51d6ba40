/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConfigurationTextTest {
    private static ConfigurationText text(String text) throws IOException {
        return ConfigurationText.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void umlauts_areReadAsTheyAreWritten() throws IOException {
        assertThat(text("base = OU=Zürich,DC=corp \n").values())
                .containsExactlyEntriesOf(java.util.Map.of("base", "OU=Zürich,DC=corp"));
    }

    @Test
    void byteOrderMark_isSkipped() throws IOException {
        assertThat(text("\uFEFFsource = corp\n").values()).containsOnlyKeys("source");
    }

    @Test
    void otherEncoding_isRefusedWithItsLine() {
        byte[] latin = "a = 1\n# b\nbase = Zürich\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ConfigurationText.of(latin)).hasMessageContaining("line 3");
        byte[] cutOff = {'a', '=', (byte) 0xC3};
        assertThatThrownBy(() -> ConfigurationText.of(cutOff)).hasMessageContaining("line 1");
    }

    @Test
    void brokenEscape_isRefused() {
        assertThatThrownBy(() -> text("path = C:\\users\n")).hasMessageContaining("backslash");
    }

    @Test
    void with_replacesOneEntryAndKeepsTheRest() throws IOException {
        String before =
                """
                # state = off, says the comment \\
                source = corp

                 state : staging
                stateless = yes
                include = a.* \\
                  state = b.*
                """;
        assertThat(text(before).with("state", "on").text())
                .isEqualTo(before.replace(" state : staging", "state = on"));
        assertThat(text(before).with("include", "c").text())
                .isEqualTo(before.replaceAll("(?s)include.*", "include = c\n"));
    }

    @Test
    void with_ofAParameterThatIsNotSet_addsALine() throws IOException {
        assertThat(text("source = corp").with("state", "on").text())
                .isEqualTo("source = corp\nstate = on\n");
        assertThat(text("source = corp\r\n").with("state", "on").text())
                .isEqualTo("source = corp\r\nstate = on\r\n");
    }

    @Test
    void with_ofAParameterSetTwice_changesTheOneThatCounts() throws IOException {
        assertThat(text("state=off\nstate=staging\n").with("state", "on").values())
                .containsEntry("state", "on");
    }
}
