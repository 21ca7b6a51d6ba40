/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics and health as a scraper and a probe ask for them. */
class MonitoringIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FILE = "io.passbridge.web.cfg";
    private static final int PEOPLE = 30;

    private static final String PAGE = page();

    @TempDir Path folder;

    private static String page() {
        Path docs = Path.of(System.getProperty("distribution"), "../../../docs").normalize();
        try {
            return Files.readString(docs.resolve("monitoring.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void webServer_comesWithItsPort_saysHowThePlatformIs_andGoesWithIt() throws Exception {
        Path people = folder.resolve("people.ldif");
        new People(people, PEOPLE);
        Visitor visitor = Visitor.ofFreePort();
        try (Installation installation =
                Installation.fresh("monitoring").peopleToCloud(people, "objectiveSeconds = 60")) {
            installation.start();
            assertThat(installation.done("lb")).contains("Web server").doesNotContain("Jetty");

            installation.etc(FILE, "port = " + visitor.port());
            await().atMost(PATIENCE)
                    .until(() -> visitor.get("/health/live").startsWith("HTTP/1.1 200"));
            numbersAreToldAndNobodyIsNamed(visitor);
            healthIsThatOfDoctor(installation, visitor, people);
            othersAreKeptOut(installation, visitor);

            Files.delete(installation.home().resolve("etc").resolve(FILE));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(installation.done("lb")).doesNotContain("Jetty"));
            assertThat(visitor.get("/health/live")).isEmpty();
            assertThat(installation.log()).doesNotContain("no longer valid");
        }
    }

    private static void numbersAreToldAndNobodyIsNamed(Visitor visitor) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(visitor.get("/metrics"))
                                        .contains(
                                                "people{route=\"people_cloud\",standing=\"in-step\"}"
                                                    + " "
                                                        + PEOPLE
                                                        + ".0")
                                        .containsPattern(
                                                "changes_total\\{outcome=\"applied\",route=\"people_cloud\"\\}"
                                                    + " [1-9]"));
        String text = visitor.get("/metrics");
        assertThat(text)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/plain; version=0.0.4")
                .contains("Cache-Control: no-store")
                .contains("passbridge_route_lag_seconds{route=\"people_cloud\"}")
                .contains("passbridge_route_lease_holder{route=\"people_cloud\",server=")
                .contains("passbridge_connector_phase{connector=\"cloud\",phase=")
                .contains("passbridge_keyset_unlocked 1.0", "passbridge_live 1.0")
                .contains("passbridge_build_info{")
                .contains("passbridge_findings{severity=\"error\"}")
                .doesNotContain("u000001", People.ntHash("First-of-u000001"));
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE passbridge_")))
                .extracting(line -> line.split(" ")[2])
                .as("the page names every metric")
                .allMatch(PAGE::contains);
        String openMetrics = visitor.get("/metrics", "Accept: application/openmetrics-text");
        assertThat(openMetrics)
                .contains("Content-Type: application/openmetrics-text; version=1.0.0")
                .endsWith("# EOF\n");
        assertThat(visitor.ask("POST", "/metrics", "localhost")).startsWith("HTTP/1.1 405");
    }

    private static void healthIsThatOfDoctor(
            Installation installation, Visitor visitor, Path people) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(visitor.get("/health/ready"))
                                        .startsWith("HTTP/1.1 200")
                                        .contains("\"errors\":0", "\"subject\":\"export\""));
        Path aside = people.resolveSibling("away.ldif");
        Files.move(people, aside);
        installation.exec("sync:run people_cloud");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(visitor.get("/health/ready"))
                                        .startsWith("HTTP/1.1 503")
                                        .contains("\"status\":\"error\"", "\"severity\":\"error\"")
                                        .doesNotContain(people.toString()));
        assertThat(installation.exec("doctor").out()).contains("error", people.toString());
        assertThat(visitor.get("/health/live"))
                .as("a new start would not bring the file back")
                .startsWith("HTTP/1.1 200");
        Files.move(aside, people);
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            installation.exec("sync:run people_cloud");
                            return visitor.get("/health/ready").startsWith("HTTP/1.1 200");
                        });
    }

    private static void othersAreKeptOut(Installation installation, Visitor visitor)
            throws Exception {
        assertThat(visitor.ask("GET", "/metrics", "evil.example:" + visitor.port()))
                .startsWith("HTTP/1.1 421")
                .doesNotContain("passbridge_");
        assertThat(visitor.ask("GET", "/metrics", "bridge.example.org")).startsWith("HTTP/1.1 421");
        installation.etc(FILE, "port = " + visitor.port(), "names = bridge.example.org");
        await().atMost(PATIENCE)
                .until(
                        () ->
                                visitor.ask("GET", "/metrics", "bridge.example.org")
                                        .startsWith("HTTP/1.1 200"));
        installation.etc(FILE, "port = " + visitor.port(), "host = 0.0.0.0");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.exec("doctor").out())
                                        .contains("host = 0.0.0.0", "neither TLS nor a sign-in"));
        assertThat(visitor.get("/metrics")).isEmpty();
        installation.etc(FILE, "port = " + visitor.port());
        await().atMost(PATIENCE).until(() -> visitor.get("/metrics").startsWith("HTTP/1.1 200"));
    }
}
