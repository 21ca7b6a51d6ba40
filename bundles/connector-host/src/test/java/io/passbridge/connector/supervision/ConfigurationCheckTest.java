/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.passbridge.connector.supervision.session.InstanceConfiguration;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationCheckTest {
    private static final Path HOME = Path.of("/opt/passbridge");

    private static ConfigurationCheck check(Map<String, Object> properties) {
        return new ConfigurationCheck(new ScriptedFactory().descriptor(), HOME, properties);
    }

    @Test
    void goodConfiguration_hasItsDefaultsAndAbsolutePaths() {
        ConfigurationCheck check =
                check(
                        Map.of(
                                "file", " etc/../people.ldif ",
                                "schemes", "SSHA, ,CRYPT",
                                "service.pid", "x",
                                "felix.fileinstall.filename", "y"));

        assertThat(check.faults()).isEmpty();
        InstanceConfiguration configuration = check.configuration("corp");
        assertThat(configuration.path("file")).contains(HOME.resolve("people.ldif"));
        assertThat(configuration.integer("pageSize")).isEqualTo(100);
        assertThat(configuration.flag("follow")).isTrue();
        assertThat(configuration.list("schemes")).containsExactly("SSHA", "CRYPT");
        assertThat(configuration.text("schemes")).contains("SSHA,CRYPT");
        assertThat(configuration.text("nothing")).isEmpty();
    }

    @Test
    void typedValues_ofEmbeddersAreTaken() {
        InstanceConfiguration configuration =
                check(
                                Map.of(
                                        "file",
                                        "/a",
                                        "pageSize",
                                        7,
                                        "follow",
                                        false,
                                        "schemes",
                                        new String[] {"a", "b"}))
                        .configuration("corp");

        assertThat(configuration.integer("pageSize")).isEqualTo(7);
        assertThat(configuration.flag("follow")).isFalse();
        assertThat(configuration.list("schemes")).containsExactly("a", "b");
    }

    @Test
    void everyFault_isFoundWithItsRemedy() {
        List<Finding> faults =
                check(Map.of("pageSize", "many", "follow", "maybe", "fiel", "x", "zzzzzz", "y"))
                        .faults();

        assertThat(faults)
                .extracting(Finding::subject)
                .containsExactly("file", "pageSize", "follow", "fiel", "zzzzzz");
        assertThat(faults.get(1).text()).isEqualTo("is 'many', which is not a whole number");
        assertThat(faults.get(3).remedy()).isEqualTo("did you mean file?");
        assertThat(faults.get(4).remedy())
                .isEqualTo("connector:list --type scripted shows those there are");
    }

    @Test
    void valuesThatAreNotAllowed_areRefused_andTextsAreSpelledAsDeclared() {
        ConfigurationCheck wrong =
                check(Map.of("file", "/a", "pageSize", "1001", "schemes", "crypt,ROT13"));
        assertThat(wrong.faults())
                .extracting(Finding::subject, Finding::text, Finding::remedy)
                .containsExactly(
                        tuple("pageSize", "is 1001", "choose a value from 1 to 1000"),
                        tuple("schemes", "'ROT13' is not known", "use one of SSHA, CRYPT, a, b"));

        ConfigurationCheck right =
                check(Map.of("file", "/a", "pageSize", "1000", "schemes", "crypt"));
        assertThat(right.faults()).isEmpty();
        assertThat(right.configuration("corp").list("schemes")).containsExactly("CRYPT");
    }
}
