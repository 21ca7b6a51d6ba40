/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.keys.KeySetView;
import io.passbridge.monitoring.Examination;
import io.passbridge.monitoring.Recent;
import io.passbridge.monitoring.health.Liveness;
import io.passbridge.monitoring.metrics.RouteMetrics.Successes;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteWork;
import io.passbridge.sync.Synchronization;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Everything that is measured, at one moment. A part of the platform that is not there has no
 * numbers; those of the others are told.
 */
@Component(service = Scrape.class)
public final class Scrape {
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofMinutes(2);

    private final String version;
    private final Liveness liveness;
    private final Examination examination;
    private final Recent<List<RouteStatus>> routes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Synchronization synchronization;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ConnectorRegistry connectors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile KeySetView keySet;

    @Activate
    public Scrape(
            BundleContext context,
            @Reference Liveness liveness,
            @Reference Examination examination) {
        this(
                Objects.requireNonNullElse(context.getProperty("passbridge.version"), "unknown"),
                liveness,
                examination);
    }

    Scrape(String version, Liveness liveness, Examination examination) {
        this.version = version;
        this.liveness = liveness;
        this.examination = examination;
        this.routes = new Recent<>(this::lookUp, LEAST, MOST);
    }

    private List<RouteStatus> lookUp() {
        Synchronization present = synchronization;
        return present == null ? List.of() : present.routes();
    }

    MetricSnapshots all() {
        List<MetricSnapshot> all = new ArrayList<>();
        all.addAll(
                new PlatformMetrics(version, liveness.stalled().isEmpty(), examination.report())
                        .collect());
        Synchronization routesOf = synchronization;
        if (routesOf != null) {
            List<RouteWork> work = routesOf.work();
            all.addAll(new RouteMetrics(routes.get(), successes(work), Instant.now()).collect());
            all.addAll(new WorkMetrics(work).collect());
        }
        ConnectorRegistry connectorsOf = connectors;
        if (connectorsOf != null) {
            all.addAll(new ConnectorMetrics(connectorsOf.instances()).collect());
        }
        KeySetView keysOf = keySet;
        if (keysOf != null) {
            all.addAll(new KeySetMetrics(keysOf).collect());
        }
        all.addAll(ProcessMetrics.collect());
        return new MetricSnapshots(all);
    }

    private static Successes successes(List<RouteWork> work) {
        Map<String, RouteWork> byRoute =
                work.stream().collect(Collectors.toMap(RouteWork::route, Function.identity()));
        return route ->
                Optional.ofNullable(byRoute.get(route.name()))
                        .flatMap(RouteWork::succeededAt)
                        .or(() -> Successes.ofLastRun(route));
    }
}
