/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import static io.passbridge.monitoring.metrics.Family.label;

import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/**
 * How the connectors stand.
 *
 * @param instances every configured one
 */
record ConnectorMetrics(List<ConnectorStatus> instances) {
    List<MetricSnapshot> collect() {
        Family calls =
                new Family("passbridge_connector_calls", "Calls made to a connector instance.");
        Family failures =
                new Family("passbridge_connector_failures", "Calls to a connector that failed.");
        Family bad = new Family("passbridge_connector_bad_records", "Records it could not use.");
        for (ConnectorStatus instance : instances) {
            calls.add(instance.calls(), "connector", instance.name());
            failures.add(instance.failures(), "connector", instance.name());
            bad.add(instance.badRecords(), "connector", instance.name());
        }
        return List.of(phases(), calls.counter(), failures.counter(), bad.counter());
    }

    private MetricSnapshot phases() {
        Family phases =
                new Family(
                        "passbridge_connector_phase",
                        "1 for the phase that a connector instance is in, 0 for the others.");
        for (ConnectorStatus instance : instances) {
            for (Phase phase : Phase.values()) {
                phases.add(
                        instance.phase() == phase ? 1 : 0,
                        "connector",
                        instance.name(),
                        "type",
                        instance.type(),
                        "phase",
                        label(phase));
            }
        }
        return phases.gauge();
    }
}
