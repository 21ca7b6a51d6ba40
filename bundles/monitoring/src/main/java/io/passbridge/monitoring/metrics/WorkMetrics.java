/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import static io.passbridge.monitoring.metrics.Family.label;

import io.passbridge.store.RunHistory.Result;
import io.passbridge.sync.RouteWork;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/**
 * What this server has done.
 *
 * @param routes for each route that it may run
 */
record WorkMetrics(List<RouteWork> routes) {
    private static final List<Result> ENDS = List.of(Result.SUCCESS, Result.PARTLY, Result.FAILED);

    List<MetricSnapshot> collect() {
        return List.of(read(), changes(), runs());
    }

    private MetricSnapshot read() {
        Family read = new Family("passbridge_route_read", "Changes read from the source.");
        routes.forEach(route -> read.add(route.read(), "route", route.route()));
        return read.counter();
    }

    private MetricSnapshot changes() {
        Family changes = new Family("passbridge_route_changes", "Changes by what became of them.");
        for (RouteWork work : routes) {
            String route = work.route();
            changes.add(work.applied(), "route", route, "outcome", "applied");
            changes.add(work.unchanged(), "route", route, "outcome", "unchanged");
            changes.add(work.failed(), "route", route, "outcome", "failed");
            changes.add(work.retried(), "route", route, "outcome", "retried");
        }
        return changes.counter();
    }

    private MetricSnapshot runs() {
        Family runs = new Family("passbridge_route_runs", "Runs by how they ended.");
        for (RouteWork route : routes) {
            for (Result result : ENDS) {
                runs.add(route.runs(result), "route", route.route(), "result", label(result));
            }
        }
        return runs.counter();
    }
}
