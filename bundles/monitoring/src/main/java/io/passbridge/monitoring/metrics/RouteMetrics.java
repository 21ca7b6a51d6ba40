/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import static io.passbridge.monitoring.metrics.Family.label;

import io.passbridge.store.Parity;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.sync.Promptness;
import io.passbridge.sync.RouteProof;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the routes stand. What the store does not answer is left out, not set to 0.
 *
 * @param routes every configured route
 * @param successes when a run of a route last went through, as far as this server knows
 * @param now the time of the scrape
 */
record RouteMetrics(List<RouteStatus> routes, Successes successes, Instant now) {
    /** Of these nobody waits for anything. */
    private static final Set<Phase> AT_REST = Set.of(Phase.OFF, Phase.STAGING, Phase.INVALID);

    List<MetricSnapshot> collect() {
        return List.of(
                people(),
                phases(),
                lag(),
                lastRun(),
                lastSuccess(),
                latency(),
                changes(),
                objective(),
                missed(),
                done(),
                expected(),
                leases(),
                doubts(),
                proven());
    }

    private MetricSnapshot people() {
        Family people =
                new Family(
                        "passbridge_route_people",
                        "People of a route by how they stand; waiting are those in its retry"
                                + " queue.");
        for (RouteStatus route : routes) {
            for (Standing standing : Standing.values()) {
                route.counts()
                        .ifPresent(
                                counts ->
                                        people.add(
                                                counts.of(standing),
                                                "route",
                                                route.name(),
                                                "standing",
                                                label(standing)));
            }
        }
        return people.gauge();
    }

    private MetricSnapshot phases() {
        Family phases =
                new Family(
                        "passbridge_route_phase",
                        "1 for the phase that a route is in, 0 for the others.");
        for (RouteStatus route : routes) {
            for (Phase phase : Phase.values()) {
                phases.add(
                        route.phase() == phase ? 1 : 0,
                        "route",
                        route.name(),
                        "phase",
                        label(phase));
            }
        }
        return phases.gauge();
    }

    private MetricSnapshot lag() {
        Family lag =
                new Family(
                        "passbridge_route_lag_seconds",
                        "Time since a run last read the source to its end and wrote what it"
                                + " found; what changed since then may not have arrived.");
        for (RouteStatus route : routes) {
            if (!AT_REST.contains(route.phase())) {
                successes
                        .of(route)
                        .ifPresent(at -> lag.add(seconds(since(at)), "route", route.name()));
            }
        }
        return lag.gauge();
    }

    private Duration since(Instant at) {
        Duration since = Duration.between(at, now);
        return since.isNegative() ? Duration.ZERO : since;
    }

    private MetricSnapshot lastRun() {
        Family last =
                new Family(
                        "passbridge_route_last_run_timestamp_seconds",
                        "When the latest run of a route ended, however it went.");
        routes.forEach(r -> last.add(r.lastRun().flatMap(Run::endedAt), "route", r.name()));
        return last.gauge();
    }

    private MetricSnapshot lastSuccess() {
        Family last =
                new Family(
                        "passbridge_route_last_success_timestamp_seconds",
                        "When a run of a route last went through.");
        routes.forEach(r -> last.add(successes.of(r), "route", r.name()));
        return last.gauge();
    }

    private MetricSnapshot latency() {
        SummarySnapshot.Builder latency =
                SummarySnapshot.builder()
                        .name("passbridge_route_latency_seconds")
                        .help(
                                "How long the changes of the last 24 hours took from the source to"
                                        + " the target's confirmation, up to 6 % too long.");
        for (RouteStatus route : routes) {
            route.promptness()
                    .filter(p -> p.changes() > 0)
                    .ifPresent(
                            p ->
                                    latency.dataPoint(
                                            SummaryDataPointSnapshot.builder()
                                                    .labels(Labels.of("route", route.name()))
                                                    .quantiles(quantiles(p))
                                                    .build()));
        }
        return latency.build();
    }

    private static Quantiles quantiles(Promptness promptness) {
        Quantiles.Builder quantiles = Quantiles.builder();
        promptness.p50().ifPresent(p -> quantiles.quantile(new Quantile(0.5, seconds(p))));
        promptness.p95().ifPresent(p -> quantiles.quantile(new Quantile(0.95, seconds(p))));
        promptness.p99().ifPresent(p -> quantiles.quantile(new Quantile(0.99, seconds(p))));
        return quantiles.build();
    }

    private MetricSnapshot changes() {
        Family changes =
                new Family(
                        "passbridge_route_latency_changes",
                        "Changes of the last 24 hours that the latency is of.");
        for (RouteStatus route : routes) {
            route.promptness().ifPresent(p -> changes.add(p.changes(), "route", route.name()));
        }
        return changes.gauge();
    }

    private MetricSnapshot objective() {
        Family objective =
                new Family(
                        "passbridge_route_objective_seconds",
                        "What 99 of 100 changes are not to exceed, where a route has that.");
        for (RouteStatus route : routes) {
            route.promptness()
                    .flatMap(Promptness::objective)
                    .ifPresent(o -> objective.add(seconds(o), "route", route.name()));
        }
        return objective.gauge();
    }

    private MetricSnapshot missed() {
        Family missed =
                new Family(
                        "passbridge_route_objective_missed",
                        "1 if a route has an objective and does not meet it.");
        for (RouteStatus route : routes) {
            route.promptness()
                    .ifPresent(p -> missed.add(p.missed() ? 1 : 0, "route", route.name()));
        }
        return missed.gauge();
    }

    private MetricSnapshot done() {
        Family done =
                new Family(
                        "passbridge_route_run_people", "People that the running run dealt with.");
        for (RouteStatus route : routes) {
            route.progress().ifPresent(p -> done.add(p.done(), "route", route.name()));
        }
        return done.gauge();
    }

    private MetricSnapshot expected() {
        Family expected =
                new Family(
                        "passbridge_route_run_expected_people",
                        "People that the running run is going to deal with, if that is known.");
        for (RouteStatus route : routes) {
            route.progress()
                    .filter(p -> p.expected() >= 0)
                    .ifPresent(p -> expected.add(p.expected(), "route", route.name()));
        }
        return expected.gauge();
    }

    private MetricSnapshot leases() {
        Family leases =
                new Family(
                        "passbridge_route_lease_holder", "1 for the server that runs a route now.");
        for (RouteStatus route : routes) {
            route.leaseHolder().ifPresent(h -> leases.add(1, "route", route.name(), "server", h));
        }
        return leases.gauge();
    }

    private MetricSnapshot doubts() {
        Family doubts =
                new Family(
                        "passbridge_route_doubts",
                        "People in step of whom the target is not known to hold what the source"
                                + " holds.");
        for (RouteStatus route : routes) {
            for (Parity parity : Parity.values()) {
                route.proof()
                        .filter(proof -> parity.isDoubt())
                        .ifPresent(
                                proof ->
                                        doubts.add(
                                                proof.doubts(parity),
                                                "route",
                                                route.name(),
                                                "parity",
                                                label(parity)));
            }
        }
        return doubts.gauge();
    }

    private MetricSnapshot proven() {
        Family proven =
                new Family(
                        "passbridge_route_proven_timestamp_seconds",
                        "Since when everybody in step has been compared with the target.");
        for (RouteStatus route : routes) {
            Optional<Instant> since = route.proof().flatMap(RouteProof::since);
            proven.add(since, "route", route.name());
        }
        return proven.gauge();
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1e3;
    }

    /** When runs went through. */
    @FunctionalInterface
    interface Successes {
        Optional<Instant> of(RouteStatus route);

        /** What the latest run says, if it went through. */
        static Optional<Instant> ofLastRun(RouteStatus route) {
            return route.lastRun()
                    .filter(run -> run.result() != Result.FAILED)
                    .flatMap(Run::endedAt);
        }
    }
}
