/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.itests.lab.PrometheusLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The metrics at a real Prometheus, with the alert rules and the dashboard that ship. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.PrometheusLab#possible",
        disabledReason = "NOT TESTED: needs Debian's package prometheus")
class PrometheusIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path DOCS =
            Path.of(System.getProperty("distribution"), "../../../docs/monitoring").normalize();
    private static final Path RULES = DOCS.resolve("alerts.yml");

    @TempDir Path folder;

    @Test
    void prometheus_understandsEveryMetricRuleAndPanel() throws Exception {
        Path people = folder.resolve("people.ldif");
        new People(people, 20);
        Visitor visitor = Visitor.ofFreePort();
        try (Installation installation =
                Installation.fresh("prometheus")
                        .peopleToCloud(people, "objectiveSeconds = 60")
                        .etc("io.passbridge.web.cfg", "port = " + visitor.port())) {
            installation.start();
            try (PrometheusLab prometheus = PrometheusLab.start(visitor.port(), RULES)) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () ->
                                        assertThat(
                                                        prometheus.query(
                                                                "passbridge_route_people{job=\"passbridge\",standing=\"in-step\"}"))
                                                .contains("\"people_cloud\"", "\"20\""));
                assertThat(
                                PrometheusLab.promtool(
                                        Visitor.body(visitor.get("/metrics")), "check", "metrics"))
                        .isEmpty();
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () ->
                                        assertThat(prometheus.get("rules"))
                                                .contains("\"health\":\"ok\"")
                                                .doesNotContain(
                                                        "\"health\":\"unknown\"",
                                                        "\"health\":\"err\""));
                for (String expression : dashboard()) {
                    assertThat(prometheus.query(expression))
                            .as(expression)
                            .contains("\"status\":\"success\"");
                }
            }
        }
    }

    @Test
    void rules_alertWhenTheyShould() throws Exception {
        assertThat(PrometheusLab.promtool("", "check", "rules", RULES.toString()))
                .contains("SUCCESS");
        Path cases = folder.resolve("cases.yml");
        try (var text = getClass().getResourceAsStream("/alert-cases.yml")) {
            Files.writeString(
                    cases, new String(text.readAllBytes()).replace("@RULES@", RULES.toString()));
        }
        assertThat(PrometheusLab.promtool("", "test", "rules", cases.toString()))
                .contains("SUCCESS");
    }

    private static List<String> dashboard() throws Exception {
        List<String> expressions = new ArrayList<>();
        Matcher found =
                Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"")
                        .matcher(Files.readString(DOCS.resolve("grafana.json")));
        while (found.find()) {
            expressions.add(
                    found.group(1)
                            .replace("\\\"", "\"")
                            .replace("$job", ".*")
                            .replace("$route", ".*"));
        }
        assertThat(expressions).hasSizeGreaterThan(20);
        return expressions;
    }
}
