/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.health.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedValuesTest {
    /** A configuration that has one text everywhere. */
    private record Having(String value) implements ConnectorConfiguration {
        @Override
        public String instance() {
            return "corp";
        }

        @Override
        public Optional<String> text(String parameter) {
            return Optional.ofNullable(value);
        }

        @Override
        public int integer(String parameter) {
            return Integer.parseInt(value);
        }

        @Override
        public boolean flag(String parameter) {
            return false;
        }

        @Override
        public Optional<Path> path(String parameter) {
            return text(parameter).map(Path::of);
        }

        @Override
        public List<String> list(String parameter) {
            return Arrays.asList(value.split(" "));
        }
    }

    private static Parameter parameter(Type type) {
        return Parameter.optional("p", type, "", "what it is for");
    }

    private static List<String> faults(Parameter parameter, String value) {
        return parameter.faults(new Having(value)).stream()
                .map(f -> f.subject() + " " + f.text() + ": " + f.remedy())
                .toList();
    }

    @Test
    void parameter_isRequiredOrHasADefault() {
        assertThat(Parameter.required("p", Type.TEXT, "d"))
                .isEqualTo(new Parameter("p", Type.TEXT, true, "", "d", AllowedValues.ANY));
        assertThat(Parameter.optional("p", Type.TEXT, "x", "d"))
                .isEqualTo(new Parameter("p", Type.TEXT, false, "x", "d", AllowedValues.ANY));
        assertThat(faults(Parameter.required("p", Type.TEXT, "d"), "whatever")).isEmpty();
        assertThat(AllowedValues.ANY.words()).isEmpty();
        assertThat(AllowedValues.ANY.canonical("Any")).isEqualTo("Any");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void range_includesItsEnds(int value) {
        assertThat(faults(parameter(Type.INTEGER).within(3, 5), "" + value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, -4})
    void range_endsThere(int value) {
        assertThat(faults(parameter(Type.INTEGER).within(3, 5), "" + value))
                .containsExactly("p is " + value + ": choose a value from 3 to 5");
    }

    @Test
    void range_withoutAnEnd_saysSo() {
        assertThat(new AllowedValues.Range(1, Integer.MAX_VALUE).words()).isEqualTo("1 or more");
    }

    @Test
    void texts_areTakenInAnyCase_andSpelledAsDeclared() {
        Parameter one = parameter(Type.TEXT).oneOf("startTls", "none");
        assertThat(faults(one, "STARTTLS")).isEmpty();
        assertThat(faults(one, " ")).as("absent").isEmpty();
        assertThat(faults(one, "tls"))
                .containsExactly("p 'tls' is not known: use one of startTls, none");
        assertThat(one.allowed().canonical("STARTTLS")).isEqualTo("startTls");
        assertThat(one.allowed().canonical("other")).isEqualTo("other");
        Parameter several = parameter(Type.LIST).oneOf("user", "computer");
        assertThat(faults(several, "user COMPUTER")).isEmpty();
        assertThat(faults(several, "user group box")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"uid, 0", "2uid, 1", "u_id, 1", "cn-x.1, 0"})
    void form_isOfTheWholeText(String value, int faults) {
        Parameter attribute = parameter(Type.TEXT).with(AllowedValues.Form.ATTRIBUTE);
        assertThat(faults(attribute, value)).hasSize(faults);
        assertThat(attribute.allowed().words()).isEmpty();
        if (faults > 0) {
            assertThat(faults(attribute, value))
                    .containsExactly(
                            "p '%s' is not of the right form: give a plain attribute name such as uid"
                                    .formatted(value));
        }
    }

    @Test
    void readable_isAFileThatIsThere(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("ca.pem"));
        Parameter path = parameter(Type.PATH).readable();
        assertThat(faults(path, file.toString())).isEmpty();
        assertThat(faults(path, file + ".none"))
                .containsExactly(
                        "p "
                                + file
                                + ".none cannot be read: name a file that the platform may read");
        assertThat(path.faults(new Having(null))).isEqualTo(List.<Finding>of());
        assertThat(path.allowed().words()).isEmpty();
    }
}
