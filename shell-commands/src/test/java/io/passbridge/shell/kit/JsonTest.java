/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {
    enum State {
        OUT_OF_ORDER
    }

    record Everything(
            String text,
            long number,
            boolean yes,
            State state,
            Optional<String> absent,
            Duration length,
            List<Integer> several,
            Map<String, Integer> counts,
            Nested nested) {}

    record Nested() {}

    @Test
    void record_keepsTheOrderOfItsComponents() {
        Everything value =
                new Everything(
                        "a\"b\\c\n\u0001",
                        -7,
                        true,
                        State.OUT_OF_ORDER,
                        Optional.empty(),
                        Duration.ofMillis(1500),
                        List.of(1, 2),
                        Map.of(),
                        new Nested());

        assertThat(Json.of(value))
                .isEqualTo(
                        "{\"text\":\"a\\\"b\\\\c\\n\\u0001\",\"number\":-7,\"yes\":true,"
                                + "\"state\":\"out-of-order\",\"absent\":null,\"length\":1.5,"
                                + "\"several\":[1,2],\"counts\":{},\"nested\":{}}");
    }

    @Test
    void unforeseenType_isRefused() {
        assertThatThrownBy(() -> Json.of(new byte[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void text_staysTheSameInUtf8(@ForAll String text) {
        String json = Json.of(text);

        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertThat(json.chars()).noneMatch(c -> c < 0x20);
    }
}
