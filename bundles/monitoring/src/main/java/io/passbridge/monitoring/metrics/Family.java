/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One metric: a name, what it means, and a number for each set of labels. */
final class Family {
    private final String name;
    private final String help;
    private final Map<Labels, Double> values = new LinkedHashMap<>();

    /**
     * @param name without the {@code _total} of a counter
     * @param help what the number is, for people
     */
    Family(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /**
     * Adds a number; of equal labels the last one counts.
     *
     * @param labels names and values by turns
     */
    Family add(double value, String... labels) {
        values.put(Labels.of(labels), value);
        return this;
    }

    /** Adds a time, in seconds since 1970; nothing if there is none. */
    Family add(Optional<Instant> time, String... labels) {
        time.ifPresent(at -> add(at.toEpochMilli() / 1e3, labels));
        return this;
    }

    MetricSnapshot gauge() {
        GaugeSnapshot.Builder metric = GaugeSnapshot.builder().name(name).help(help);
        values.forEach(
                (labels, value) ->
                        metric.dataPoint(
                                GaugeDataPointSnapshot.builder()
                                        .labels(labels)
                                        .value(value)
                                        .build()));
        return metric.build();
    }

    MetricSnapshot counter() {
        CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(help);
        values.forEach(
                (labels, value) ->
                        metric.dataPoint(
                                CounterDataPointSnapshot.builder()
                                        .labels(labels)
                                        .value(value)
                                        .build()));
        return metric.build();
    }

    /** A name of the code as a label has it: {@code in-step}. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
