/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteValuesTest {
    private static final Map<String, String> SOUND = Map.of("source", "corp", "target", "cloud");

    @Test
    void defaults_areThoseOfTheAnnotation() {
        RouteSettings settings = RouteSettings.of("r", SOUND);

        assertThat(settings.faults()).isEmpty();
        assertThat(settings.policy().digest()).isEqualTo("pph2");
        assertThat(settings.limits().pageSize()).isEqualTo(500);
    }

    @Test
    void sourceCredentials_areAllowedByOneWordAlone() {
        for (String word : List.of("true", "false", "yes", "TRUE", "")) {
            RouteSettings settings =
                    RouteSettings.of(
                            "r",
                            Map.of(
                                    "source", "corp",
                                    "target", "cloud",
                                    "allowSourceCredentials", word));
            assertThat(settings.policy().allowSourceCredentials()).isEqualTo(word.equals("true"));
            assertThat(settings.faults().isEmpty())
                    .isEqualTo(List.of("true", "false").contains(word));
        }
    }

    @Test
    void unknownParameterAndWrongNumber_areFaultsTogether() {
        RouteSettings settings =
                RouteSettings.of(
                        "r",
                        Map.of(
                                "source", "corp",
                                "target", "cloud",
                                "exlude", "svc-.*",
                                "pageSize", "many",
                                "service.pid", "x",
                                "felix.fileinstall.filename", "y"));

        assertThat(settings.faults())
                .hasSize(2)
                .anyMatch(f -> f.contains("'exlude'") && f.contains("did you mean exclude?"))
                .anyMatch(f -> f.contains("'pageSize'") && f.contains("'many'"));
    }
}
