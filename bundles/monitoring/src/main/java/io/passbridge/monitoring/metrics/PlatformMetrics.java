/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import static io.passbridge.monitoring.metrics.Family.label;

import io.passbridge.health.Finding.Severity;
import io.passbridge.monitoring.Examination.Report;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs here, and what doctor says of it.
 *
 * @param version of the platform
 * @param live whether every part of it lives
 * @param report what the inspectors found; empty if they have not answered yet
 */
record PlatformMetrics(String version, boolean live, Optional<Report> report) {
    List<MetricSnapshot> collect() {
        List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.add(build());
        metrics.add(
                new Family(
                                "passbridge_live",
                                "1 while every part of the platform lives, as /health/live says.")
                        .add(live ? 1 : 0)
                        .gauge());
        report.ifPresent(known -> metrics.addAll(findings(known)));
        return metrics;
    }

    private MetricSnapshot build() {
        return InfoSnapshot.builder()
                .name("passbridge_build")
                .help("The version of the platform and of its Java.")
                .dataPoint(
                        InfoDataPointSnapshot.builder()
                                .labels(
                                        Labels.of(
                                                "version",
                                                version,
                                                "java",
                                                Runtime.version().toString()))
                                .build())
                .build();
    }

    private static List<MetricSnapshot> findings(Report report) {
        Family findings =
                new Family(
                        "passbridge_findings",
                        "What doctor finds, by severity; error is what does not work until"
                                + " somebody acts.");
        for (Severity severity : Severity.values()) {
            findings.add(report.count(severity), "severity", label(severity));
        }
        return List.of(
                findings.gauge(),
                new Family(
                                "passbridge_ready",
                                "1 while doctor finds no error, as /health/ready says.")
                        .add(report.count(Severity.ERROR) == 0 ? 1 : 0)
                        .gauge(),
                new Family("passbridge_inspected_timestamp_seconds", "When that was found.")
                        .add(Optional.of(report.at()))
                        .gauge(),
                new Family("passbridge_inspection_seconds", "How long finding it took.")
                        .add(report.took().toNanos() / 1e9)
                        .gauge());
    }
}
