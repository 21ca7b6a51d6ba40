/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "12", "true", "null", "\"text\"", "[]", "{\"a\":[1]}", " 12\n"})
    void oneWholeValue_isRead(String text) {
        assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":[1]",
                "\"te",
                "<html/>",
                "{} {}",
                "1 2",
                "1,2",
                "][",
                "1][2",
                "tru"
            })
    void anythingElse_isNot(String text) {
        assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
