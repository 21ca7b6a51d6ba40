/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.configuration.ConfigurationReader;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Checks the configuration of a route before it is put into force. */
@Component
public final class RouteReader implements ConfigurationReader {
    @Activate
    public RouteReader() {}

    @Override
    public boolean reads(String pid) {
        return pid.equals(RouteConfiguration.PID);
    }

    @Override
    public List<Finding> faults(String pid, String instance, Map<String, String> values) {
        RouteSettings settings = RouteSettings.of(instance, values);
        return settings.faults().stream()
                .map(fault -> Finding.error("route " + instance, fault, "correct the file"))
                .toList();
    }
}
