/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.Latencies;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.sync.Promptness;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RouteWork;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteMetricsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void route_isToldAsNumbers() throws Exception {
        String text = text(routes(route(Phase.IDLE, true)).collect());

        assertThat(text)
                .contains(
                        "passbridge_route_people{route=\"people_cloud\",standing=\"in-step\"} 90.0",
                        "passbridge_route_people{route=\"people_cloud\",standing=\"waiting\"} 3.0",
                        "passbridge_route_people{route=\"people_cloud\",standing=\"refused\"} 0.0",
                        "passbridge_route_phase{phase=\"idle\",route=\"people_cloud\"} 1.0",
                        "passbridge_route_phase{phase=\"failing\",route=\"people_cloud\"} 0.0",
                        "passbridge_route_lag_seconds{route=\"people_cloud\"} 40.0",
                        "passbridge_route_objective_seconds{route=\"people_cloud\"} 60.0",
                        "passbridge_route_objective_missed{route=\"people_cloud\"} 1.0",
                        "passbridge_route_latency_changes{route=\"people_cloud\"} 2.0",
                        "passbridge_route_lease_holder{route=\"people_cloud\",server=\"a/1\"} 1.0")
                .containsPattern(
                        "latency_seconds\\{route=\"people_cloud\",quantile=\"0.99\"} 9\\d\\.")
                .contains("# TYPE passbridge_route_latency_seconds summary");
    }

    @Test
    void whatTheStoreDoesNotAnswer_isLeftOut() throws Exception {
        assertThat(text(routes(route(Phase.FAILING, false)).collect()))
                .contains("passbridge_route_phase{phase=\"failing\",route=\"people_cloud\"} 1.0")
                .doesNotContain("route_people{", "route_lag_seconds{", "route_lease_holder{");
    }

    @Test
    void routeAtRest_hasNoLag() throws Exception {
        assertThat(text(routes(route(Phase.STAGING, true)).collect()))
                .doesNotContain("passbridge_route_lag_seconds{");
    }

    @Test
    void runThatFailed_isNoSuccess() {
        RouteStatus status = route(Phase.IDLE, true);
        assertThat(RouteMetrics.Successes.ofLastRun(status)).hasValue(NOW.minusSeconds(40));
        assertThat(RouteMetrics.Successes.ofLastRun(status(status, run(Result.FAILED)))).isEmpty();
    }

    @Test
    void work_isCounted() throws Exception {
        RouteWork work =
                new RouteWork(
                        "people_cloud",
                        10,
                        5,
                        2,
                        1,
                        2,
                        Map.of(Result.SUCCESS, 3L),
                        Optional.empty());
        assertThat(text(new WorkMetrics(List.of(work)).collect()))
                .contains(
                        "# TYPE passbridge_route_changes_total counter",
                        "passbridge_route_read_total{route=\"people_cloud\"} 10.0",
                        "passbridge_route_changes_total{outcome=\"applied\",route=\"people_cloud\"}"
                                + " 5.0",
                        "passbridge_route_runs_total{result=\"success\",route=\"people_cloud\"}"
                                + " 3.0",
                        "passbridge_route_runs_total{result=\"failed\",route=\"people_cloud\"}"
                                + " 0.0");
    }

    private static RouteMetrics routes(RouteStatus... routes) {
        return new RouteMetrics(List.of(routes), RouteMetrics.Successes::ofLastRun, NOW);
    }

    private static RouteStatus route(Phase phase, boolean answered) {
        Promptness promptness =
                Promptness.of(
                        Latencies.of(List.of(Duration.ofSeconds(1), Duration.ofSeconds(90))),
                        Optional.of(Duration.ofMinutes(1)));
        return new RouteStatus(
                "people_cloud",
                "people",
                "cloud",
                "pph1",
                "",
                phase,
                "because of anna",
                false,
                Optional.empty(),
                Optional.empty(),
                answered
                        ? Optional.of(
                                new Counts(Map.of(Standing.IN_STEP, 90L, Standing.WAITING, 3L)))
                        : Optional.empty(),
                answered ? Optional.of(run(Result.SUCCESS)) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                answered ? Optional.of(promptness) : Optional.empty(),
                answered ? Optional.of("a/1") : Optional.empty(),
                Optional.empty());
    }

    private static RouteStatus status(RouteStatus of, Run run) {
        return new RouteStatus(
                of.name(),
                of.source(),
                of.target(),
                of.digest(),
                of.digestParameters(),
                of.phase(),
                of.reason(),
                of.fullRun(),
                of.progress(),
                of.positionAt(),
                of.counts(),
                Optional.of(run),
                of.nextRun(),
                of.deletions(),
                of.promptness(),
                of.leaseHolder(),
                of.proof());
    }

    private static Run run(Result result) {
        return new Run(
                1,
                "people_cloud",
                false,
                NOW.minusSeconds(50),
                Optional.of(NOW.minusSeconds(40)),
                result,
                0,
                0,
                0,
                0,
                0,
                "");
    }

    private static String text(List<MetricSnapshot> metrics) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExpositionFormats.init()
                .getPrometheusTextFormatWriter()
                .write(out, new MetricSnapshots(metrics), EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toString(StandardCharsets.UTF_8);
    }
}
