/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.configuration.ConfigurationReader;
import io.passbridge.health.Finding;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.Synchronization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Checks the configuration of a route before it is put into force. */
@Component(name = "io.passbridge.sync.engine.RouteReader")
public final class RouteReader implements ConfigurationReader {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Synchronization> present = new CopyOnWriteArrayList<>();

    @Activate
    public RouteReader() {}

    RouteReader(Synchronization synchronization) {
        present.add(synchronization);
    }

    @Override
    public boolean reads(String pid) {
        return pid.equals(RouteConfiguration.PID);
    }

    @Override
    public List<Finding> faults(String pid, String instance, Map<String, String> values) {
        RouteSettings settings = RouteSettings.of(instance, values);
        if (!settings.faults().isEmpty()) {
            return settings.faults().stream()
                    .map(fault -> Finding.error("route " + instance, fault, "correct the file"))
                    .toList();
        }
        return present.stream()
                .flatMap(s -> rivals(instance, settings, s.routes()).stream())
                .toList();
    }

    private static List<Finding> rivals(
            String name, RouteSettings settings, List<RouteStatus> others) {
        return Rivals.of(name, settings.source(), settings.target(), others);
    }
}
