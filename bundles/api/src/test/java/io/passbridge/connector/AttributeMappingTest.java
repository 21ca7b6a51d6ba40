/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeMappingTest {
    /** A configuration with the one parameter. */
    private record Declared(String... entries) implements ConnectorConfiguration {
        @Override
        public String instance() {
            return "corp";
        }

        @Override
        public Optional<String> text(String parameter) {
            return Optional.of(String.join(",", entries));
        }

        @Override
        public int integer(String parameter) {
            return 0;
        }

        @Override
        public boolean flag(String parameter) {
            return false;
        }

        @Override
        public Optional<Path> path(String parameter) {
            return Optional.empty();
        }

        @Override
        public List<String> list(String parameter) {
            return List.of(entries);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Finding> faults(String... entries) {
        return AttributeMapping.validate(new Declared(entries), Set.of("mail"));
    }

    @Test
    void read_givesEachDeclaredName_alsoWithoutAValue() {
        AttributeMapping mapping =
                AttributeMapping.of(new Declared("department = departmentNumber", "title"));
        Map<String, List<byte[]>> entry =
                Map.of("departmentNumber", List.of(bytes("7"), bytes("Büro"), new byte[] {-1}));

        assertThat(mapping.read(name -> entry.getOrDefault(name, List.of())))
                .isEqualTo(Map.of("department", List.of("7", "Büro", "/w=="), "title", List.of()));
        assertThat(faults("department = departmentNumber", "title")).isEmpty();
    }

    @Test
    void field_isNoFreeAttribute() {
        AttributeMapping mapping = AttributeMapping.of(new Declared("mail=rfc822Mailbox"));

        assertThat(mapping.field("mail")).contains("rfc822Mailbox");
        assertThat(mapping.field("givenName")).isEmpty();
        assertThat(mapping.read(name -> List.of(bytes("x")))).isEmpty();
        assertThat(faults("mail=rfc822Mailbox")).isEmpty();
        assertThat(faults("givenName=gn")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=userPassword",
                "unicodePwd",
                "x=sambaNTPassword",
                "x=supplementalCredentials",
                "x=krbPrincipalKey",
                "x=ipaNTHash",
                "x=ms-Mcs-AdmPwd"
            })
    void whatSoundsLikeAPassword_isRefused(String entry) {
        assertThat(faults(entry)).hasSize(1);
        assertThat(faults(entry).get(0).text()).contains("password or a key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", "x=", "a b=c", "x=y z", "1x=y", "x=(y)"})
    void malformedEntry_isRefused(String entry) {
        assertThat(faults(entry)).isNotEmpty();
    }

    @Test
    void sameNameTwice_isRefused() {
        assertThat(faults("title", "Title=position")).hasSize(1);
    }

    @Test
    void fifty_areTaken_andNoMore() {
        String[] fifty = IntStream.range(0, 50).mapToObj(i -> "a" + i).toArray(String[]::new);
        String[] more = IntStream.range(0, 51).mapToObj(i -> "a" + i).toArray(String[]::new);
        assertThat(faults(fifty)).isEmpty();
        assertThat(faults(more))
                .extracting(Finding::text)
                .containsExactly("51 attributes are declared");
    }

    @Test
    void attributes_areThoseToAskFor() {
        AttributeMapping mapping =
                AttributeMapping.of(new Declared("department = number", "mail=m"));
        assertThat(mapping.attributes()).containsExactly("number", "m");
        assertThat(mapping.read(name -> List.of(new byte[] {'a', 0})))
                .isEqualTo(Map.of("department", List.of("YQA=")));
        assertThat(AttributeMapping.parameter().name()).isEqualTo("attributes");
    }
}
